import type { VirtualTime } from './virtualTime.ts';

/** What an account may send. */
export interface Allowance {
  /** Mails a second, and as many at once. */
  readonly rate: number;
  /** Mails in 24 hours. */
  readonly daily: number;
}

/** How a used-up daily quota is said: SES has several ways, by its API and over the years. */
export interface QuotaFault {
  readonly name: string;
  readonly message: string;
}

export const quotaFault: QuotaFault = {
  name: 'LimitExceededException',
  message: 'Daily message quota exceeded.',
};

/** One copy that SES took. */
export interface Taken {
  readonly to: string;
  readonly at: number;
}

/**
 * An SES that takes mails by a token bucket and a daily quota. How long a send takes is modelled for a function of 1 GB,
 * which has 0.6 of a core: 150 ms for the call, and for each megabyte of the mail 18 ms to sign it and 22 ms to send its
 * base64 at 60 MB a second. A refusal for the rate comes after 50 ms.
 */
export function simulatedSes(time: VirtualTime, { rate, daily }: Allowance, said: QuotaFault = quotaFault) {
  const taken: Taken[] = [];
  const bucket = { tokens: rate, at: time.now() as number };
  const counts = { throttled: 0, overQuota: 0, answers: 0 };
  const answers = { freeAt: 0 };
  const refusals = { left: 0 };
  /** When SES said yes: a send that is under way counts. */
  const accepted: number[] = [];
  const sentToday = () => accepted.filter((at) => at > time.now() - 86_400_000).length;
  return {
    taken,
    counts,
    sentToday,
    quota: async () => {
      await time.sleep(40);
      return { rate, daily, sent: sentToday() };
    },
    /** Has the next sends fail, as they do where the network is away. */
    refuseNext: (count: number) => {
      refusals.left = count;
    },
    async send(to: string, megabytes: number): Promise<string> {
      const now = time.now();
      if (refusals.left > 0) {
        refusals.left -= 1;
        throw named('ECONNREFUSED', 'No connection.');
      }
      bucket.tokens = Math.min(Math.max(1, rate), bucket.tokens + ((now - bucket.at) * rate) / 1_000);
      bucket.at = now;
      if (accepted.length >= daily && sentToday() >= daily) {
        counts.overQuota += 1;
        await time.sleep(50);
        throw named(said.name, said.message);
      }
      if (bucket.tokens < 1) {
        counts.throttled += 1;
        await time.sleep(50);
        throw named('TooManyRequestsException', 'Maximum sending rate exceeded.');
      }
      bucket.tokens -= 1;
      accepted.push(now);
      await time.sleep(150 + 40 * megabytes);
      taken.push({ to, at: time.now() });
      return `ses-${taken.length}`;
    },
    /** SendBounce: one a second. */
    async answer(): Promise<void> {
      const now = time.now();
      await time.sleep(150);
      if (now < answers.freeAt) throw named('Throttling', 'Maximum sending rate exceeded.');
      answers.freeAt = now + 1_000;
      counts.answers += 1;
    },
  };
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: 400 } });
}
