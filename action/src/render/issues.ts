import type { Directory } from '../../../schema/src/directory/resolve.ts';
import { who } from '../../../schema/src/directory/who.ts';
import { parseAddress } from '../../../schema/src/text/address.ts';
import { nameOf } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { blockEnd } from './answers.ts';
import { code, commentLimit, cutRows } from './escape.ts';
import { countLine, type StaleGate, staleGateMarkdown } from './planText.ts';
import type { Redact } from './redact.ts';

/** How the tables differ from the files, for an issue; that a sync was cut short, where it was; and what to do. */
export function driftMarkdown(
  plan: Plan,
  stale: StaleGate | undefined,
  syncPage: string,
  redact: Redact,
): string {
  const show = (text: string): string => code(redact(text));
  const edited = new Set(plan.editedOutside.map((row) => `${row.table} ${nameOf(row)}`));
  const changes = plan.changes.map((change) => {
    const isEdited = edited.has(`${change.table} ${nameOf(change)}`);
    return `- a sync would ${change.kind} ${show(nameOf(change))}${isEdited ? ', which was edited outside the files' : ''}`;
  });
  const foreign = plan.foreign.map(
    (row) => `- ${show(nameOf(row))} was not written by a sync and stays as it is`,
  );
  const cut = stale === undefined ? [] : ['', staleGateMarkdown(stale)];
  const head = [countLine(plan.counts), ...cut, ''];
  return cutRows(head, [...changes, ...foreign], driftSteps(plan, syncPage), commentLimit);
}

function driftSteps({ changes, editedOutside, foreign }: Plan, syncPage: string): string[] {
  const page = `[*Run workflow*](${syncPage})`;
  const steps: string[] = [];
  if (changes.length > 0) {
    const reason = editedOutside.length === 0 ? '' : ', with `edited-outside` under *Reasons to allow*';
    steps.push('- First write into the files, in a pull request, what the tables have and should keep.');
    steps.push(`- Then start the sync on the page ${page}${reason}: it writes what the files say.`);
  }
  if (foreign.length > 0) {
    steps.push(
      `- Add each row that no sync wrote to the files, or delete these rows: start the sync on the page ${page} with *Delete rows that others wrote*.`,
    );
  }
  return steps.length === 0 ? [] : ['', '**What to do**', '', ...steps];
}

/** A mailbox that gets no mail, until when in epoch seconds. */
export interface BlockedMailbox {
  readonly mailbox: string;
  readonly until: number;
}

/** Addresses named for a mailbox: the maintainers need to know whom to ask, not every group. */
const namedLimit = 5;

/** Which mailboxes get no mail, until when, and which addresses miss them; for an issue. */
export function blockedMarkdown(
  blocked: readonly BlockedMailbox[],
  directory: Directory,
  today: string,
  redact: Redact,
): string {
  const rows = blocked.map(({ mailbox, until }) => {
    const { value } = parseAddress(mailbox);
    const addresses = value === undefined ? [] : who(directory, value, today).slice(0, namedLimit);
    const names = addresses.map(({ address }) => code(redact(address))).join(', ');
    const end = blockEnd(until).replace(/T.*Z$/, '');
    return `- ${code(redact(mailbox))} until ${end}${names === '' ? '' : ` (reached through ${names})`}`;
  });
  const help =
    'Ask the owner of each for a mailbox that works, or run `npm run -s forwarder -- unblock ADDRESS`.';
  return cutRows([help, ''], rows, [], commentLimit);
}
