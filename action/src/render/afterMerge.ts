import type { Checked } from '../../../schema/src/check.ts';
import { allowLabel } from '../../../schema/src/records/reasonCodes.ts';
import type { Reason, Review } from '../guard/reason.ts';
import type { SyncResult } from '../sync/sync.ts';
import { checkMarkdown } from './checkReport.ts';
import { commentLimit, markdown } from './escape.ts';
import type { Redact } from './redact.ts';

/** Addresses of pages that a merged pull request leads to. */
export interface Pages {
  /** The repository. */
  readonly page: string;
  readonly run: string;
  /** Where a maintainer runs the workflow `sync`. */
  readonly syncPage: string;
}

/** What to do about a sync that did not bring everything live, a sentence each; nothing where it did. */
export function nextSteps(result: SyncResult, pages: Pages): string[] {
  const run = `[The run](${pages.run}) shows the whole plan.`;
  const again = `Start the sync again on the page ${runWorkflow(pages)}`;
  if (result.refused === 'unsafe') return listed([run, ...howToAllow(result.review, pages)]);
  if (result.refused === 'fingerprint') {
    return listed([run, `${again}, for a plan whose fingerprint was reviewed.`]);
  }
  if (result.stop?.reason === 'not-live') return listed([run, `${again}, to see whether it is live by now.`]);
  if (result.stop !== undefined) return listed([run, `${again}.`]);
  if (result.held.size === 0) return [];
  return listed([
    run,
    'Mend the files in another pull request: the sync after its merge brings the rest of this one too.',
  ]);
}

/** A label allows what its own pull request brings; the rest takes an input of a run by hand. */
function howToAllow({ unsafe }: Review, pages: Pages): string[] {
  const isBrought = ({ broughtBy = [] }: Reason) => broughtBy.length > 0;
  const labels = unsafe
    .filter(isBrought)
    .map(({ code }) => allowLabel(code))
    .map((label) => `[\`${label}\`](${pages.page}/labels/${label})`);
  const others = unsafe.filter((reason) => !isBrought(reason)).map(({ code }) => `\`${code}\``);
  const label =
    labels.length === 0
      ? []
      : [
          `A maintainer can set the label ${labels.join(' and the label ')} on the pull request that brings this.`,
        ];
  const input = others.length === 0 ? '' : `, with ${others.join(', ')} under *Reasons to allow*`;
  return [
    ...label,
    `${labels.length === 0 ? 'A maintainer can start' : 'Then start'} the sync again on the page ${runWorkflow(pages)}${input}.`,
  ];
}

/** The files of the merged commit have errors with which nothing can be synced. */
export function wrongFilesMarkdown(
  checked: Pick<Checked, 'diagnostics' | 'domains' | 'aliases'>,
  { run }: Pages,
  redact: Redact,
): string {
  const first = notLive('The files have errors, and nothing was written.', [
    `[The run](${run}) shows each error on its line.`,
    'Mend them in another pull request: the sync after its merge brings this one too.',
  ]);
  const room = commentLimit - Buffer.byteLength(first) - 1;
  return `${first}\n${checkMarkdown(checked, redact, room)}`;
}

/** The tables, or GitHub, did not answer. A sync that wrote something has not closed its gate, so nothing was published. */
export function failedMarkdown(cause: string, pages: Pages, redact: Redact): string {
  return notLive(`The sync ended too early. ${markdown(redact(cause))} Mail is delivered as before.`, [
    `[The run](${pages.run}) says more.`,
    `Start the sync again on the page ${runWorkflow(pages)} once the cause is mended.`,
  ]);
}

/** There was nothing to sync with. */
export function skippedMarkdown(pages: Pages): string {
  const variables = `[variables](${pages.page}/settings/variables/actions)`;
  return notLive(
    'The sync was skipped: the repository does not say which role in AWS may write the tables.',
    [
      `[The run](${pages.run}) did nothing.`,
      `A maintainer sets the ${variables} \`AWS_SYNC_ROLE\` and \`AWS_REGION\`.`,
      `Then start the sync on the page ${runWorkflow(pages)}.`,
    ],
  );
}

function notLive(sentence: string, steps: readonly string[]): string {
  return `**This is not live.** ${sentence}\n${listed(steps).join('\n')}\n`;
}

function listed(steps: readonly string[]): string[] {
  return ['', ...steps.map((step) => `- ${step}`)];
}

function runWorkflow({ syncPage }: Pages): string {
  return `[*Run workflow*](${syncPage})`;
}
