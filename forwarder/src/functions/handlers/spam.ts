import { parseDomain } from '../../../../schema/src/text/address.ts';
import { nameOf } from '../../delivery/fault.ts';
import type { Telemetry } from '../../delivery/telemetry.ts';
import { type Disposition, type IncomingMail, readEvent } from '../../mail/event.ts';
import { type Judgement, judge, mildest } from '../../mail/judge.ts';
import type { RoutingTables } from '../../routing/lookup.ts';

export interface SpamPorts {
  readonly domains: Pick<RoutingTables['domains'], 'live'>;
  readonly telemetry: Telemetry;
}

/**
 * Rule 1: whether a mail goes on to the next rule, is bounced by the next action, or ends here. What this function
 * cannot decide goes on: it must never be the reason that a mail is dropped.
 */
export function createSpam({ domains, telemetry }: SpamPorts) {
  return async (event: unknown): Promise<Disposition> => {
    try {
      const mail = readEvent(event);
      const judgement = mildest(await judgements(mail, domains));
      say(mail, judgement, telemetry);
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
  return Promise.all([...names].map(async (name) => judge(mail, await filterOf(name, domains))));
}

async function filterOf(name: string, domains: SpamPorts['domains']) {
  const domain = parseDomain(name).value;
  return domain === undefined ? undefined : (await domains.live(domain))?.filter;
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
