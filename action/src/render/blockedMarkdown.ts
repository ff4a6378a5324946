import type { Directory } from '../../../schema/src/directory/resolve.ts';
import { who } from '../../../schema/src/directory/who.ts';
import { parseAddress } from '../../../schema/src/text/address.ts';
import type { Blocked } from '../tables/bouncesTable.ts';
import { blockEnd } from './blockEnd.ts';
import { code } from './code.ts';
import { commentLimit, cutRows } from './cutRows.ts';
import type { Redact } from './redact.ts';

/** Addresses named for a mailbox: the maintainers need to know whom to ask, not every group. */
const namedLimit = 5;

/** Which mailboxes get no mail, until when, and which addresses miss them; for an issue. */
export function blockedMarkdown(
  blocked: readonly Blocked[],
  directory: Directory,
  today: string,
  redact: Redact,
): string {
  const rows = blocked.map(({ mailbox, until }) => {
    const { value } = parseAddress(mailbox);
    const addresses = value === undefined ? [] : who(directory, value, today).slice(0, namedLimit);
    const names = addresses.map(({ address }) => code(redact(address))).join(', ');
    const end = blockEnd(until).replace(/T.*Z$/, '');
    return `- ${code(redact(mailbox))} until ${end}${names === '' ? '' : `, behind ${names}`}`;
  });
  const help =
    'Ask whoever reads it for a mailbox that works, or run `npm run -s forwarder -- unblock ADDRESS`.';
  return cutRows([help, ''], rows, [], commentLimit);
}
