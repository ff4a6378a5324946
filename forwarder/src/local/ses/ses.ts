import { type BounceRequest, bounce } from './bounce.ts';
import { type Fault, fault, isFault } from './fault.ts';
import { type PlannedFault, plannedFaults } from './plannedFaults.ts';
import { type ReceivedMails, receivedMails } from './receivedMails.ts';
import type { Submission } from './refuse.ts';
import { type ErrorNames, type SendingAccount, send } from './send.ts';
import type { Fate } from './simulator.ts';
import { type SuppressionList, suppressionList } from './suppression.ts';

/** SES: takes mail to send, bounces mail received. */
export interface Ses {
  readonly received: ReceivedMails;
  readonly suppression: SuppressionList;
  send(submission: Submission, names: ErrorNames): Promise<{ readonly messageId: string } | Fault | 'lost'>;
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

export type SesAccount = Omit<SendingAccount, 'suppression' | 'decided'>;

/** An answer of `'lost'` means that the call took effect and that its caller is not to hear of it. */
export function startSes(account: SesAccount): Ses {
  const suppression = suppressionList();
  const received = receivedMails();
  const faults = plannedFaults();
  const fates = new Map<string, Fate>();
  const counts = new Map<string, number>();
  const sending: SendingAccount = {
    ...account,
    suppression,
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
    send: (submission, names) =>
      call('send', submission.recipients[0] ?? '', async () => {
        const result = await send(sending, submission, names);
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
