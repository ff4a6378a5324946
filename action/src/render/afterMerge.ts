import type { Checked } from '../../../schema/src/check.ts';
import { type Language, type Message, say } from '../../../schema/src/messages/message.ts';
import { type Reason, type Review, withPulls } from '../guard/reason.ts';
import type { ChangeMeaning } from '../meaning/changeMeaning.ts';
import type { SyncResult, SyncStop } from '../sync/sync.ts';
import { bulleted, laterLines, newsOf } from './changeTable.ts';
import { cutLines } from './cutLines.ts';
import { commentLimit, markdown } from './escape.ts';
import { notWrittenFold } from './forMaintainers.ts';
import { labelLink } from './labelLink.ts';
import { mistakeLines } from './mistakes.ts';
import type { Redact } from './redact.ts';
import { capital, createSpeaker, type Marked, type Speaker } from './speaker.ts';

/** Addresses of pages that a merged pull request leads to. */
export interface Pages {
  /** The repository. */
  readonly page: string;
  readonly run: string;
  /** Where a maintainer runs the workflow `sync`. */
  readonly syncPage: string;
  /** The commit that was merged; empty where that is not known. */
  readonly sha: string;
}

/** What a sync did for those whose pull request it is about. */
export interface Merged {
  readonly language: Language;
  /** What the plan means to them. */
  readonly meaning: ChangeMeaning;
  /** When the sync ended. */
  readonly at: Date;
}

/** Bytes for what is quoted of reasons and held domains. */
const roomForReasons = 20_000;

/** Whether a merged change is live, for the pull request that it is about; where it is not, why, and who does what. */
export function liveMarkdown(result: SyncResult, merged: Merged, pages: Pages, redact: Redact): string {
  const speaker = createSpeaker(merged.language, redact);
  if (result.refused !== undefined || result.stop !== undefined) {
    const lines = notLive(whyNot(result, speaker), stepsFor(result, pages, speaker), speaker);
    const quoted = cutLines(reasonLines(result, speaker), roomForReasons, speaker);
    const visible = [...lines.slice(0, 1), ...quoted, ...lines.slice(1)].join('\n');
    const fold = notWrittenFold(result, redact, speaker);
    return `${visible}\n${fold(commentLimit - Buffer.byteLength(visible) - 10)}`;
  }
  const held = cutLines(heldLines(result, speaker), roomForReasons, speaker);
  const steps = result.held.size === 0 ? [] : heldSteps(pages, speaker);
  const room = commentLimit - Buffer.byteLength([...held, ...steps].join('\n')) - 1_000;
  return `${[...liveLines(result.liveAfterMs, merged, room, speaker), ...held, ...steps].join('\n')}\n`;
}

/** "Live since 12:04 UTC: mail to board@example.com now also reaches li.wei." */
function liveLines(
  liveAfterMs: number | null,
  { meaning, at }: Merged,
  room: number,
  speaker: Speaker,
): string[] {
  const isSeen = liveAfterMs !== null;
  const when = isSeen
    ? speaker.say('Live since {at, time, minute} UTC', { at })
    : speaker.say('Written at {at, time, minute} UTC, and live about a minute later', { at });
  const { addresses, counts } = meaning;
  const later = laterLines(meaning, speaker);
  const [only] = addresses;
  if (only === undefined && later.length === 0) {
    return [speaker.say('**{when}.** Nobody’s mail changes.', { when: { markdown: when } })];
  }
  if (only !== undefined && addresses.length === 1 && later.length === 0) {
    const news = { markdown: newsOf(only, speaker) };
    return [speaker.say('**{when}:** {news}.', { when: { markdown: when }, news })];
  }
  const lines = [...addresses.map((change) => `${capital(newsOf(change, speaker))}.`), ...later];
  const unseen = counts.new + counts.other + counts.gone - addresses.length;
  return [
    speaker.say('**{when}:**', { when: { markdown: when } }),
    '',
    ...cutLines(bulleted(lines), room, speaker, unseen),
  ];
}

function heldLines({ held }: SyncResult, speaker: Speaker): string[] {
  if (held.size === 0) return [];
  const lines = [...held].map(([domain, why]) => `- ${speaker.say('{domain}: {why}', { domain, why })}`);
  return [
    '',
    speaker.say('These domains stay as they were, and nothing is lost: their mail goes where it went.'),
    '',
    ...lines,
  ];
}

function heldSteps(pages: Pages, speaker: Speaker): string[] {
  const step = speaker.say(
    'somebody corrects the files in another pull request; its merge brings the rest of this one too. {run} shows each mistake on its line.',
    { run: runLink(pages, speaker) },
  );
  return ['', `**${speaker.say('Next:')}** ${step}`];
}

function whyNot(result: SyncResult, speaker: Speaker): string {
  if (result.refused === 'unsafe') return speaker.say('This needs a maintainer’s consent first:');
  if (result.refused === 'fingerprint') {
    return speaker.say('What would be written is not what was reviewed, so nothing was written.');
  }
  return result.stop === undefined ? '' : speaker.message(whyStopped(result.stop));
}

function whyStopped(stop: SyncStop): Message {
  switch (stop.reason) {
    case 'conflict':
      return say('Somebody changed the same addresses elsewhere at the same time.');
    case 'other-run':
      return say('A later sync has started since and took over.');
    case 'not-live':
      return say('Everything is written, but the mail system has not taken it over yet.');
    case 'fault':
      return say('The mail system did not answer, or refused something.');
  }
}

/** What stands against the plan, and why a label does not count. */
function reasonLines({ refused, review }: SyncResult, speaker: Speaker): string[] {
  const reasons = refused === 'unsafe' ? review.unsafe.map(withPulls) : [];
  return [...reasons, ...review.notes].flatMap((message) => ['', `> ${speaker.message(message)}`]);
}

function stepsFor(result: SyncResult, pages: Pages, speaker: Speaker): string[] {
  const page = runWorkflow(pages);
  if (result.refused === 'unsafe') return howToAllow(result.review, pages, speaker);
  if (result.stop?.reason === 'not-live') {
    return [
      speaker.say(
        'If this comment still says so in an hour, a maintainer starts the sync again on the page {page}.',
        {
          page,
        },
      ),
    ];
  }
  return [speaker.say('A maintainer starts the sync again on the page {page}.', { page })];
}

/** A label allows what its own pull request brings; the rest is allowed where a run is started by hand. */
function howToAllow({ unsafe }: Review, pages: Pages, speaker: Speaker): string[] {
  const isBrought = ({ broughtBy = [] }: Reason) => broughtBy.length > 0;
  const labels = unsafe.filter(isBrought).map((reason) => labelLink(reason, pages));
  const codes = unsafe.filter((reason) => !isBrought(reason)).map(({ code }) => code);
  const page = runWorkflow(pages);
  return [
    ...(labels.length === 0
      ? []
      : [
          speaker.say(
            'A maintainer who agrees sets {count, plural, one {the label} other {the labels}} {labels} on the pull request that brings this.',
            { count: labels.length, labels: { and: labels } },
          ),
        ]),
    codes.length === 0
      ? speaker.say('Then a maintainer starts the sync again on the page {page}.', { page })
      : speaker.say(
          'A maintainer who agrees starts the sync again on the page {page}, with {codes} under *Reasons to allow*.',
          { page, codes: { and: codes } },
        ),
  ];
}

/** The files of the merged commit have errors with which nothing can be synced. */
export function wrongFilesMarkdown(
  { diagnostics }: Pick<Checked, 'diagnostics'>,
  language: Language,
  pages: Pages,
  redact: Redact,
): string {
  const speaker = createSpeaker(language, redact);
  const steps = [
    speaker.say('Somebody corrects the files in another pull request: its merge brings this change too.'),
  ];
  const lines = notLive(speaker.say('The files have mistakes, and nothing was written.'), steps, speaker);
  const room = commentLimit - Buffer.byteLength(lines.join('\n')) - 300;
  const at = { page: pages.page, head: pages.sha };
  const mistakes = mistakeLines(diagnostics, at, redact, speaker, room);
  return `${[...lines.slice(0, 1), ...mistakes, ...lines.slice(1)].join('\n')}\n`;
}

/** The tables, or GitHub, did not answer. A sync that wrote something has not closed its gate, so nothing was published. */
export function failedMarkdown(
  cause: string | Message,
  language: Language,
  pages: Pages,
  redact: Redact,
): string {
  const speaker = createSpeaker(language, redact);
  const why = speaker.say('The sync ended too early. {cause}', { cause: causeWords(cause, redact) });
  const steps = [
    speaker.say(
      '{run} says more; a maintainer starts the sync again on the page {page} once the cause is gone.',
      {
        run: runLink(pages, speaker),
        page: runWorkflow(pages),
      },
    ),
  ];
  return `${notLive(why, steps, speaker).join('\n')}\n`;
}

/** An error of ours is told as it is. */
export function causeWords(cause: string | Message, redact: Redact): Marked | Message {
  return typeof cause === 'string' ? { markdown: markdown(redact(cause)) } : cause;
}

/** There was nothing to sync with. */
export function skippedMarkdown(language: Language, pages: Pages, redact: Redact): string {
  const speaker = createSpeaker(language, redact);
  const why = speaker.say('This repository does not say yet which role in AWS may change who gets mail.');
  const variables = {
    markdown: `[${speaker.say('variables')}](${pages.page}/settings/variables/actions)`,
  };
  const steps = [
    speaker.say('A maintainer sets the {variables} {names}, and then starts the sync on the page {page}.', {
      variables,
      names: { and: ['AWS_SYNC_ROLE', 'AWS_REGION'] },
      page: runWorkflow(pages),
    }),
  ];
  return `${notLive(why, steps, speaker).join('\n')}\n`;
}

function notLive(why: string, steps: readonly string[], speaker: Speaker): string[] {
  const calm = speaker.say('You need not do anything more: once it is live, this comment says so.');
  const who = speaker.say('GitHub has told whoever merged this.');
  return [
    `**${speaker.say('Not live yet, and nothing is lost:')}** ${speaker.say('mail goes where it went before.')} ${why}`,
    '',
    `**${speaker.say('Next:')}**`,
    '',
    ...[...steps, `${who} ${calm}`].map((step) => `- ${step}`),
  ];
}

function runWorkflow({ syncPage }: Pages): Marked {
  return { markdown: `[*Run workflow*](${syncPage})` };
}

function runLink({ run }: Pages, speaker: Speaker): Marked {
  return { markdown: `[${speaker.say('The run')}](${run})` };
}
