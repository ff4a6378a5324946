/** What GetAccount says. */
export interface AccountState {
  /** False in the sandbox. */
  readonly productionAccess: boolean;
  readonly sendingEnabled: boolean;
  readonly dailyQuota: number;
  /** Mails a second. */
  readonly sendRate: number;
  readonly suppressedReasons: readonly ('BOUNCE' | 'COMPLAINT')[];
}

/** An account as SES gives it to those who have asked to leave the sandbox. */
export const usualAccount: AccountState = {
  productionAccess: true,
  sendingEnabled: true,
  dailyQuota: 50_000,
  sendRate: 14,
  suppressedReasons: ['BOUNCE', 'COMPLAINT'],
};

/** The account's suppression list. */
export interface SuppressedDestination {
  readonly address: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
  /** Epoch seconds. */
  readonly lastUpdate: number;
}

export interface SuppressionList {
  put(address: string, reason: SuppressedDestination['reason']): void;
  get(address: string): SuppressedDestination | undefined;
  list(): readonly SuppressedDestination[];
  /** Whether it was there. */
  delete(address: string): boolean;
}

export function suppressionList(): SuppressionList {
  const entries = new Map<string, SuppressedDestination>();
  return {
    put: (address, reason) =>
      void entries.set(address.toLowerCase(), { address, reason, lastUpdate: Math.floor(Date.now() / 1000) }),
    get: (address) => entries.get(address.toLowerCase()),
    list: () => [...entries.values()],
    delete: (address) => entries.delete(address.toLowerCase()),
  };
}

/** A receipt rule, as much of it as the local system acts on. */
export interface ReceiptRule {
  readonly Name?: string;
  readonly Enabled?: boolean;
  readonly ScanEnabled?: boolean;
  readonly Recipients?: readonly string[];
  readonly Actions?: readonly ReceiptAction[];
}

export interface ReceiptAction {
  readonly S3Action?: { readonly BucketName: string; readonly ObjectKeyPrefix?: string };
  readonly LambdaAction?: { readonly FunctionArn: string; readonly InvocationType?: string };
  readonly BounceAction?: {
    readonly Sender: string;
    readonly SmtpReplyCode: string;
    readonly StatusCode?: string;
    readonly Message: string;
  };
  readonly StopAction?: { readonly Scope: string };
}

/** The account's receipt rule sets, of which one at most is active. */
export interface RuleSets {
  list(): readonly string[];
  /** Undefined when there is none of that name. */
  rules(name: string): readonly ReceiptRule[] | undefined;
  active(): string | undefined;
  /** Displaces the one that was active, as SES does without a word; undefined makes none active. */
  activate(name: string | undefined): void;
  create(name: string, rules: readonly ReceiptRule[]): void;
}

export function ruleSets(): RuleSets {
  const sets = new Map<string, readonly ReceiptRule[]>();
  let active: string | undefined;
  return {
    list: () => [...sets.keys()],
    rules: (name) => sets.get(name),
    active: () => active,
    activate: (name) => {
      active = name;
    },
    create: (name, rules) => void sets.set(name, rules),
  };
}

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
  /** How many were sent since then, to the moment. */
  sentSince(time: Date): number;
}

export function dayBefore(time: Date): Date {
  return new Date(time.getTime() - 86_400_000);
}

const quarterMs = 15 * 60_000;
const keptMs = 14 * 86_400_000;

export function dataPoints(): DataPoints {
  const quarters = new Map<number, Record<Counted, number>>();
  const sent: number[] = [];
  return {
    add: (counted, at) => {
      const start = Math.floor(at.getTime() / quarterMs) * quarterMs;
      const counts = quarters.get(start) ?? { attempt: 0, bounce: 0, complaint: 0 };
      counts[counted] += 1;
      if (counted === 'attempt') sent.push(at.getTime());
      quarters.set(start, counts);
    },
    sentSince: (time) => sent.filter((at) => at > time.getTime()).length,
    list: (now) =>
      [...quarters]
        .filter(([start]) => start > now.getTime() - keptMs)
        .map(([start, counts]) => ({ timestamp: new Date(start), counts: { ...counts } })),
  };
}
