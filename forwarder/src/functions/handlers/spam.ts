import { parseDomain } from '../../../../schema/src/text/address.ts';
import { type Milliseconds, type Seconds, toSeconds } from '../../../../schema/src/text/time.ts';
import { nameOf } from '../../delivery/fault.ts';
import { envelopeOfMail, nobodyRow } from '../../delivery/intake.ts';
import type { Nobody } from '../../delivery/ledger.ts';
import type { Telemetry } from '../../delivery/telemetry.ts';
import { type Disposition, type IncomingMail, readEvent } from '../../mail/event.ts';
import { type Judgement, judge, mildest } from '../../mail/judge.ts';
import type { RoutingTables } from '../../routing/lookup.ts';
import { forgesOwnDomain } from '../../routing/ownAuthor.ts';

export interface SpamPorts {
  readonly domains: Pick<RoutingTables['domains'], 'live'>;
  /** The row of a mail that ends here; one that is there stays as it is. */
  readonly rejections: { add(row: Nobody): Promise<void> };
  readonly telemetry: Telemetry;
  readonly clock: () => Milliseconds;
}

/**
 * Rule 1: whether a mail goes on to the next rule, is bounced by the next action, or ends here. What this function
 * cannot decide goes on: it must never be the reason that a mail is dropped.
 */
export function createSpam({ domains, rejections, telemetry, clock }: SpamPorts) {
  return async (event: unknown): Promise<Disposition> => {
    try {
      const mail = readEvent(event);
      const judgement = mildest(await judgements(mail, domains));
      say(mail, judgement, telemetry);
      await recordEnd(mail, judgement, { rejections, telemetry }, toSeconds(clock()));
      return dispositions[judgement.outcome];
    } catch (error) {
      telemetry.alarm('A mail could not be judged and goes on', { reason: nameOf(error) });
      return dispositions.pass;
    }
  };
}

const dispositions = {
  pass: { disposition: 'STOP_RULE' },
  bounce: { disposition: 'CONTINUE' },
  drop: { disposition: 'STOP_RULE_SET' },
} as const;

async function judgements(mail: IncomingMail, domains: SpamPorts['domains']): Promise<Judgement[]> {
  const names = new Set(mail.recipients.map((recipient) => recipient.slice(recipient.lastIndexOf('@') + 1)));
  const isForged = await forgesOwnDomain(mail, domains);
  return Promise.all([...names].map(async (name) => judge(mail, await filterOf(name, domains), isForged)));
}

async function filterOf(name: string, domains: SpamPorts['domains']) {
  const domain = parseDomain(name).value;
  return domain === undefined ? undefined : (await domains.live(domain))?.filter;
}

/** Only for who asks later what became of the mail: what was decided holds without it. */
async function recordEnd(
  mail: IncomingMail,
  { outcome, reason = 'dmarc' }: Judgement,
  { rejections, telemetry }: Pick<SpamPorts, 'rejections' | 'telemetry'>,
  now: Seconds,
): Promise<void> {
  if (outcome === 'pass') return;
  const kind = outcome === 'drop' ? 'dropped' : 'refused';
  const leftOut = mail.recipients.map((recipient) => ({ kind, recipient, reason }) as const);
  const state = outcome === 'drop' ? 'dropped' : 'bounced';
  try {
    await rejections.add(nobodyRow(envelopeOfMail(mail), leftOut, state, now));
  } catch (error) {
    const { messageId } = mail;
    telemetry.alarm('The end of a mail could not be recorded', { messageId, reason: nameOf(error) });
  }
}

function say(mail: IncomingMail, { outcome, reason }: Judgement, telemetry: Telemetry): void {
  if (outcome === 'pass') telemetry.count('pass');
  else telemetry.count('reject');
  if (outcome !== 'pass' && reason !== undefined) telemetry.count(`reject-${reason}`);
  telemetry.say('judged', {
    messageId: mail.messageId,
    recipients: mail.recipients.length,
    outcome,
    ...(reason === undefined ? {} : { reason }),
  });
}
