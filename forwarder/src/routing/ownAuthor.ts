import { authorDomains } from '../mail/authorDomains.ts';
import type { IncomingMail } from '../mail/event.ts';
import type { RoutingTables } from './lookup.ts';

/**
 * Whether a mail says that it is written at a domain of ours, alias domains included, and DMARC has not confirmed it. The
 * tables are read only where that matters; what SES could not judge at all says nothing.
 */
export async function forgesOwnDomain(
  mail: IncomingMail,
  domains: Pick<RoutingTables['domains'], 'live'>,
): Promise<boolean> {
  const { dmarc } = mail.verdicts;
  if (dmarc !== 'FAIL' && dmarc !== 'GRAY') return false;
  const lives = await Promise.all(authorDomains(mail).map((domain) => domains.live(domain)));
  return lives.some((live) => live !== undefined);
}
