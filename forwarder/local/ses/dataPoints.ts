/** What SES counts of the account's mail, one of each recipient. */
type Counted = 'attempt' | 'bounce' | 'complaint';

/** A quarter of an hour: https://docs.aws.amazon.com/ses/latest/APIReference/API_SendDataPoint.html. */
interface DataPoint {
  /** When the quarter began. */
  readonly timestamp: Date;
  readonly counts: Readonly<Record<Counted, number>>;
}

/** The account's own count of what it sent, as GetSendStatistics tells it. */
export interface DataPoints {
  add(counted: Counted, at: Date): void;
  /** Of the last two weeks before `now`, without the quarters in which nothing was sent. */
  list(now: Date): readonly DataPoint[];
}

const quarterMs = 15 * 60_000;
const keptMs = 14 * 86_400_000;

export function dataPoints(): DataPoints {
  const quarters = new Map<number, Record<Counted, number>>();
  return {
    add: (counted, at) => {
      const start = Math.floor(at.getTime() / quarterMs) * quarterMs;
      const counts = quarters.get(start) ?? { attempt: 0, bounce: 0, complaint: 0 };
      counts[counted] += 1;
      quarters.set(start, counts);
    },
    list: (now) =>
      [...quarters]
        .filter(([start]) => start > now.getTime() - keptMs)
        .map(([start, counts]) => ({ timestamp: new Date(start), counts: { ...counts } })),
  };
}
