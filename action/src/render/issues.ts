import type { Language } from '../../../schema/src/messages/message.ts';
import type { Expiring } from '../meaning/expiring.ts';
import { nameOf } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { cutLines } from './cutLines.ts';
import { commentLimit } from './escape.ts';
import type { StaleGate } from './planText.ts';
import type { Redact } from './redact.ts';
import { createSpeaker, type Speaker } from './speaker.ts';

/** An issue as members and maintainers read it. */
export interface IssueText {
  readonly title: string;
  readonly body: string;
  /** What the comment that closes it says. */
  readonly over: string;
}

/** Room for a title, what it means and what to do. */
export const roomForLists = commentLimit - 4_000;

/** How what is in use differs from the files; that a sync was cut short, where it was; and what to do. */
export function driftIssue(
  plan: Plan,
  stale: StaleGate | undefined,
  syncPage: string,
  language: Language,
  redact: Redact,
): IssueText {
  const speaker = createSpeaker(language, redact);
  const edited = new Set(plan.editedOutside.map((row) => `${row.table} ${nameOf(row)}`));
  const changes = plan.changes.map((change) => {
    const name = nameOf(change);
    const isEdited = edited.has(`${change.table} ${name}`);
    if (isEdited) return speaker.say('{name} was changed outside the files', { name });
    if (change.kind === 'create') return speaker.say('{name} is in the files, but not in use', { name });
    return change.kind === 'delete'
      ? speaker.say('{name} is in use, but no longer in the files', { name })
      : speaker.say('{name} works differently from what the files say', { name });
  });
  const foreign = plan.foreign.map((row) =>
    speaker.say('{name} is in use, but was never in the files', { name: nameOf(row) }),
  );
  const lists = [...changes, ...foreign].map((line) => `- ${line}`);
  const lines = [
    ...(lists.length === 0
      ? []
      : [
          speaker.say('**What it means:** for what is listed here, mail does not go where the files say.'),
          '',
          ...cutLines(lists, roomForLists, speaker),
        ]),
    ...(stale === undefined ? [] : ['', ...staleLines(stale, speaker)]),
    ...driftSteps(plan, syncPage, speaker),
  ];
  return {
    title: speaker.say('Mail does not go where the files say'),
    body: `${lines.join('\n').trimStart()}\n`,
    over: speaker.say('Mail goes where the files say again.'),
  };
}

function staleLines({ since, syncPage }: StaleGate, speaker: Speaker): string[] {
  return [
    speaker.say(
      'A sync was cut short on {day, date, long} at {day, time, minute} UTC: mail is delivered as before, and no change takes effect until a sync is finished. A maintainer starts it again on the page {page}.',
      { day: new Date(since * 1000), page: { markdown: `[*Run workflow*](${syncPage})` } },
    ),
  ];
}

function driftSteps({ changes, editedOutside, foreign }: Plan, syncPage: string, speaker: Speaker): string[] {
  const page = { markdown: `[*Run workflow*](${syncPage})` };
  const steps: string[] = [];
  if (changes.length > 0) {
    steps.push(speaker.say('First write into the files, in a pull request, what is in use and should stay.'));
    steps.push(
      editedOutside.length === 0
        ? speaker.say(
            'Then a maintainer starts the sync on the page {page}: after that mail goes where the files say.',
            { page },
          )
        : speaker.say(
            'Then a maintainer starts the sync on the page {page}, with {code} under *Reasons to allow*: after that mail goes where the files say.',
            { page, code: 'edited-outside' },
          ),
    );
  }
  if (foreign.length > 0) {
    steps.push(
      speaker.say(
        'Write into the files what was never there and should stay; a maintainer removes the rest on the page {page}, with *Remove what was never in the files*.',
        { page },
      ),
    );
  }
  return steps.length === 0
    ? []
    : ['', `**${speaker.say('What to do')}**`, '', ...steps.map((step) => `- ${step}`)];
}

/** Which addresses stop working soon, the first ones first. */
export function expiryIssue(expiring: readonly Expiring[], language: Language, redact: Redact): IssueText {
  const speaker = createSpeaker(language, redact);
  const items = expiring.map(
    ({ address, day }) => `- ${speaker.say('{address}, from {day, date, long}', { address, day })}`,
  );
  const lines = [
    speaker.say(
      '**What it means:** from the day that stands beside it, mail to each of these addresses goes back to its sender.',
    ),
    '',
    ...cutLines(items, roomForLists, speaker),
    '',
    `**${speaker.say('What to do')}**`,
    '',
    `- ${speaker.say('Where one should go on working, write a later day after `expires:` in its file, in a pull request; otherwise there is nothing to do.')}`,
  ];
  return {
    title: speaker.say('Some addresses stop working soon'),
    body: `${lines.join('\n')}\n`,
    over: speaker.say('No address stops working soon.'),
  };
}
