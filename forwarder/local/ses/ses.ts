import {
  type AccountState,
  type DataPoints,
  dataPoints,
  dayBefore,
  type RuleSets,
  ruleSets,
  type SuppressionList,
  suppressionList,
  usualAccount,
} from './accountState.ts';
import { type Identities, identities } from './identities.ts';
import type { Fate, Notification } from './mailFate.ts';
import type { Submission } from './refuse.ts';
import { type BounceRequest, bounce, type ReceivedMails, receivedMails } from './sendBounce.ts';
import { type SendingAccount, send } from './sendMail.ts';
import { type Fault, fault, isFault, type PlannedFault, plannedFaults } from './sesFaults.ts';

/** SES: takes mail to send, bounces mail received. */
export interface Ses {
  readonly received: ReceivedMails;
  readonly suppression: SuppressionList;
  readonly statistics: DataPoints;
  readonly identities: Identities;
  readonly ruleSets: RuleSets;
  account(): AccountState;
  /** Makes the account another one: in the sandbox, or paused. */
  changeAccount(changes: Partial<AccountState>): void;
  /** Whether the account may send as this address, and receives for it. */
  isVerified(address: string): Promise<boolean>;
  send(submission: Submission): Promise<{ readonly messageId: string } | Fault | 'lost'>;
  bounce(request: BounceRequest): Promise<{ readonly messageId: string } | Fault | 'lost'>;
  /** How many messages SES has taken for an address, whatever became of them. */
  taken(address: string): number;
  /** Decides what becomes of mail to an address from now on. */
  decide(address: string, fate: Fate): void;
  /** Makes calls fail; returns a function that ends it. */
  fail(
    planned: Omit<PlannedFault, 'fault'> & { readonly error: string; readonly message?: string },
  ): () => void;
}

interface SesOptions extends Pick<SendingAccount, 'account' | 'region' | 'outbox'> {
  /** Whether an address counts as verified though there is no identity for it. */
  isManaged(address: string): Promise<boolean>;
  /** Publishes to the identity's own topic, undefined where it has none. */
  notify(notification: Notification, topic: string | undefined): void;
}

/** An answer of `'lost'` means that the call took effect and that its caller is not to hear of it. */
export function startSes(options: SesOptions): Ses {
  const suppression = suppressionList();
  const statistics = dataPoints();
  const received = receivedMails();
  const faults = plannedFaults();
  const fates = new Map<string, Fate>();
  const counts = new Map<string, number>();
  const known = identities(true);
  const sets = ruleSets();
  let account = usualAccount;
  const isVerified = async (address: string) =>
    known.of(address)?.verified ?? (await options.isManaged(address));
  const sending: SendingAccount = {
    account: options.account,
    region: options.region,
    outbox: options.outbox,
    suppression,
    statistics,
    isVerified,
    hasRoom: (mails) =>
      account.dailyQuota < 0 || statistics.sentSince(dayBefore(new Date())) + mails <= account.dailyQuota,
    notify: (source, notification) => {
      const topics = known.of(source)?.topics;
      options.notify(notification, notification.kind === 'bounce' ? topics?.Bounce : topics?.Complaint);
    },
    decided: (address) => fates.get(address.toLowerCase()),
  };
  const call = async <T>(operation: 'send' | 'bounce', destination: string, effect: () => Promise<T>) => {
    const planned = faults.next(operation, destination);
    if (planned && planned.when !== 'after') return planned.fault;
    const result = await effect();
    return planned ? ('lost' as const) : result;
  };
  return {
    received,
    suppression,
    statistics,
    identities: known,
    ruleSets: sets,
    account: () => account,
    changeAccount: (changes) => {
      account = { ...account, ...changes };
    },
    isVerified,
    send: (submission) =>
      call('send', submission.recipients[0] ?? '', async () => {
        const result = await send(sending, submission);
        if (!isFault(result))
          for (const recipient of submission.recipients)
            counts.set(recipient, (counts.get(recipient) ?? 0) + 1);
        return result;
      }),
    taken: (address) => counts.get(address) ?? 0,
    bounce: (request) =>
      call('bounce', request.recipients[0]?.address ?? '', () => bounce(sending, received, request)),
    decide: (address, fate) => void fates.set(address.toLowerCase(), fate),
    fail: ({ error, message, ...planned }) => faults.plan({ ...planned, fault: fault(error, message) }),
  };
}
