import type { Language, Message } from '../../../schema/src/messages/message.ts';
import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';
import type { Review } from '../guard/reason.ts';
import { type ChangeMeaning, meansNothing } from '../meaning/changeMeaning.ts';
import { causeWords } from './afterMerge.ts';
import { endOfBlock } from './answers.ts';
import { alsoAtLines, bulleted, changeTable, laterLines, summingSentence } from './changeTable.ts';
import { cutLines } from './cutLines.ts';
import { drawingLines } from './drawingMarkdown.ts';
import { breakable, code, commentLimit } from './escape.ts';
import { comparedFold, forMaintainers } from './forMaintainers.ts';
import { labelLink } from './labelLink.ts';
import { linkTo } from './lineLink.ts';
import { toldOf } from './mistakes.ts';
import type { Compared } from './proposedChange.ts';
import type { Redact } from './redact.ts';
import { createSpeaker, type Speaker } from './speaker.ts';
import type { TableFacts } from './tableFacts.ts';

/** What a comment says of a pull request besides its plan. */
export interface ProposedChange {
  readonly compared: Compared;
  /** What members read is in it. */
  readonly language: Language;
  /** What the plan means to them. */
  readonly meaning: ChangeMeaning;
  /** What changes in `_policy.yml`, a clause each. */
  readonly policy: readonly Message[];
  /** Those that the base had not. */
  readonly warnings: readonly Diagnostic[];
}

/** Bytes that a section may take, so that none pushes another one out. */
const roomFor = {
  reasons: 9_000,
  policy: 6_000,
  later: 5_000,
  warnings: 8_000,
  blocked: 2_000,
  drawing: 5_000,
};
/** Addresses of which nobody reads each on a telephone: a break in every one takes room from the others. */
const brokenLimit = 100;
/** As many as somebody reads of each. */
const shownLimit = 20;

/**
 * The one comment on a pull request, for members first: what it means in a sentence, who gets mail until now and from
 * now on, what later days bring, warnings, and who does what next. What maintainers want besides is folded away.
 */
export function planComment(
  review: Review,
  facts: TableFacts,
  change: ProposedChange,
  redact: Redact,
): string {
  const speaker = createSpeaker(change.language, redact);
  const { meaning, policy, warnings, compared } = change;
  const cut = (lines: readonly string[], room: number): string[] => cutLines(lines, room, speaker);
  const sum = isQuiet(review, change)
    ? speaker.say('This change touches no alias: nobody gets other mail.')
    : `**${summingSentence(meaning, speaker)}**`;
  const head = ['', `### ${speaker.say('What this change does')}`, '', sum];
  const reasons = cut([...reasonLines(review, speaker), ...staleLines(facts, speaker)], roomFor.reasons);
  const show = meaning.addresses.length > brokenLimit ? code : breakable;
  const table = changeTable(meaning, createSpeaker(change.language, redact, show));
  const after = [
    ...section(alsoAtLines(meaning, speaker)),
    ...section(cut(bulleted(laterLines(meaning, speaker)), roomFor.later)),
    ...policyLines(policy, speaker),
    ...cut(warningLines(warnings, compared, redact, speaker), roomFor.warnings),
    ...cut(blockedLines(facts, speaker), roomFor.blocked),
    ...drawn(change, redact, speaker),
    '',
    nextStep(review, facts, change, speaker),
  ];
  const used = Buffer.byteLength([...head, ...reasons, ...table.head, ...after].join('\n'));
  const room = commentLimit - used - 500;
  const lines = table.lines.length === 0 ? [] : [...table.head, ...cut(table.lines, room / 2)];
  const visible = [...head.slice(1), ...reasons, ...lines, ...after].join('\n');
  const folded = forMaintainers(review, facts, compared, redact, speaker);
  return `${visible}\n${folded(commentLimit - Buffer.byteLength(visible) - 10)}`;
}

/** Whether there is nothing that a member would want to know. */
function isQuiet({ unsafe, allowed }: Review, { meaning, policy }: ProposedChange): boolean {
  return meansNothing(meaning) && policy.length + unsafe.length + allowed.length === 0;
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** What speaks against the change, and what was allowed of it. */
function reasonLines({ unsafe, allowed, notes }: Review, speaker: Speaker): string[] {
  return [
    ...unsafe.map(({ message }) =>
      speaker.say('**This needs a maintainer’s consent:** {reason}', { reason: message }),
    ),
    ...allowed.map(({ message }) =>
      speaker.say('A maintainer has consented to this: {reason}', { reason: message }),
    ),
    ...notes.map((note) => speaker.message(note)),
  ].flatMap((line) => ['', `> ${line}`]);
}

function staleLines({ stale }: TableFacts, speaker: Speaker): string[] {
  if (stale === undefined) return [];
  const line = speaker.say(
    'An earlier change is only half live, and no change takes effect until that is finished. Mail is delivered as before. A maintainer starts {page} again.',
    { page: { markdown: `[*sync*](${stale.syncPage})` } },
  );
  return ['', `> ${line}`];
}

/** What changes in the rules by which everybody's changes are judged. */
function policyLines(policy: readonly Message[], speaker: Speaker): string[] {
  if (policy.length === 0) return [];
  const lines = bulleted(policy.map((clause) => speaker.message(clause)));
  return [
    '',
    speaker.say('The rules of this group change:'),
    '',
    ...cutLines(lines, roomFor.policy, speaker),
  ];
}

/** Each warning with a link to its line. */
function warningLines(
  warnings: readonly Diagnostic[],
  compared: Compared,
  redact: Redact,
  speaker: Speaker,
): string[] {
  const lines = warnings.slice(0, shownLimit).flatMap((warning) => {
    const place = linkTo(warning.file, warning.start.line, compared, redact, speaker);
    const text = { markdown: toldOf(warning, redact) };
    return ['', `> ${speaker.say('**Warning** in {place}: {text}', { place, text })}`];
  });
  const more = warnings.length - shownLimit;
  if (more <= 0) return lines;
  return [
    ...lines,
    '',
    `> ${speaker.say('{more, plural, one {# more warning is} other {# more warnings are}} shown on their lines.', { more })}`,
  ];
}

function blockedLines({ blocked }: TableFacts, speaker: Speaker): string[] {
  return blocked.flatMap(({ mailbox, until: seconds }) => {
    const until = endOfBlock(seconds);
    const line =
      until === undefined
        ? speaker.say('{mailbox} gets no mail until somebody unblocks it, because mail to it came back.', {
            mailbox,
          })
        : speaker.say('{mailbox} gets no mail until {until, date, long}, because mail to it came back.', {
            mailbox,
            until,
          });
    return ['', `> ${line}`];
  });
}

function drawn({ meaning: { drawing } }: ProposedChange, redact: Redact, speaker: Speaker): string[] {
  if (drawing === undefined) return [];
  const lines = drawingLines(drawing, speaker, redact);
  return Buffer.byteLength(lines.join('\n')) > roomFor.drawing ? [] : lines;
}

/** Who does what, and how long it takes. */
function nextStep(
  { unsafe }: Review,
  { stale }: TableFacts,
  { compared, meaning }: ProposedChange,
  speaker: Speaker,
): string {
  const next = (): string => {
    const labels = {
      count: unsafe.length,
      labels: { and: unsafe.map((reason) => labelLink(reason, compared)) },
    };
    if (unsafe.length > 0 && meansNothing(meaning)) {
      return speaker.say(
        'a maintainer checks that this is intended, and then sets {count, plural, one {the label} other {the labels}} {labels} on this pull request; after that somebody else approves and merges it. Nobody’s mail changes then.',
        labels,
      );
    }
    if (unsafe.length > 0) {
      return speaker.say(
        'a maintainer checks that this is intended, and then sets {count, plural, one {the label} other {the labels}} {labels} on this pull request; after that somebody else approves and merges it. About a minute after the merge it is live, and a comment here says so.',
        labels,
      );
    }
    if (stale !== undefined) {
      return speaker.say(
        'somebody else approves and merges this change. It goes live with the next sync that is finished, and a comment here says so.',
      );
    }
    if (meansNothing(meaning)) {
      return speaker.say('somebody else approves and merges this change. Nobody’s mail changes then.');
    }
    return speaker.say(
      'somebody else approves and merges this change. About a minute after the merge it is live, and a comment here says so.',
    );
  };
  return `**${speaker.say('Next:')}** ${next()}`;
}

/** Takes the place of a plan that cannot be made: an earlier one would be about something else. */
export function noPlanComment(
  cause: string | Message,
  compared: Compared,
  run: string,
  language: Language,
  redact: Redact,
): string {
  const speaker = createSpeaker(language, redact);
  const lines = [
    `### ${speaker.say('It is not known what this change does')}`,
    speaker.say('{cause} {run} says more.', {
      cause: causeWords(cause, redact),
      run: { markdown: `[${speaker.say('The run')}](${run})` },
    }),
    `**${speaker.say('Next:')}** ${speaker.say('a maintainer looks into it. There is nothing that you have to do.')}`,
    comparedFold(compared, redact, speaker).trim(),
  ];
  return `${lines.join('\n\n')}\n`;
}
