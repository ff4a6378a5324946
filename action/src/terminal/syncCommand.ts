import { join, resolve } from 'node:path';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { allowAll, type Review } from '../guard/reason.ts';
import { counted, planText } from '../render/planText.ts';
import { asIs } from '../render/redact.ts';
import { syncJson, syncText } from '../render/syncReport.ts';
import { readFolder } from '../review/folder.ts';
import { readAllow, readWaitSeconds } from '../review/request.ts';
import { proposeFiles } from '../review/reviewFiles.ts';
import { type SyncPorts, type SyncRequest, sync } from '../sync/sync.ts';
import { checkoutOf, isDescendant, policyAt } from './history.ts';
import {
  command,
  common,
  momentOf,
  noteChecked,
  printJson,
  printMistakes,
  type Terminal,
} from './terminal.ts';

/**
 * Brings the tables to what the files say, and waits until the change is live. Domains whose files have errors are
 * left as they are, and make the exit code 1.
 */
export const syncCommand = command({
  summary: 'Write what the files say to the tables, and wait until it is live',
  note: `On a terminal it shows the plan and asks before it writes. Where nobody can answer, as in a script or a workflow,
it goes on as with --yes; what is unsafe is refused either way, unless it is allowed.`,
  words: [],
  options: {
    dir: common.dir,
    stage: common.stage,
    yes: { kind: 'flag', help: 'write without asking' },
    'wait-seconds': {
      kind: 'text',
      value: 'SECONDS',
      help: 'how long to wait until the change is live; 0 to skip (120)',
    },
    commit: {
      kind: 'text',
      value: 'SHA',
      help: 'the commit of the files, where it is not that of the checkout',
    },
    allow: common.allow,
    'prune-foreign': common['prune-foreign'],
    'expect-fingerprint': {
      kind: 'text',
      value: 'FINGERPRINT',
      help: 'write only the plan that was reviewed',
    },
    today: common.today,
    format: common.format,
  },
  example: '--dir aliases --wait-seconds 60',
  otherExamples: ['--stage test --yes', '--allow mass-removal'],
  async run(terminal, { values }) {
    const allow = readAllow(values.allow);
    const waitSeconds = readWaitSeconds(values['wait-seconds']);
    const { stage, moment } = await momentOf(terminal, values);
    const { dir: folder = 'aliases', format, 'expect-fingerprint': expected } = values;
    const { checked, proposal } = await proposeFiles(
      { folder, files: await readFolder(folder, terminal.folder) },
      { moment, pruneForeign: values['prune-foreign'], holds: true },
      noteChecked(terminal),
    );
    if (proposal === undefined) return printMistakes(terminal, checked, format);
    const origin = await originOf(terminal, folder, values.commit);
    const tables = await terminal.openTables(stage);
    const request = {
      ...proposal,
      waitSeconds,
      at: Math.floor(terminal.now.getTime() / 1000),
      ...(expected === undefined ? {} : { expectFingerprint: expected }),
      ...origin,
    };
    const place = resolve(terminal.folder, folder);
    const shown = new Set<Review>();
    const agreed = askingFirst(terminal, format, shown);
    const result = await sync(request, {
      ...tables,
      isDescendant: (later, earlier) => isDescendant(place, later, earlier),
      policyAt: (earlier) => policyAt(place, earlier, moment),
      allowed: async () => ({ allowance: allowAll(allow) }),
      ...(agreed === undefined || values.yes ? {} : { agreed }),
      waiting: (milliseconds) => {
        const seconds = Math.floor(milliseconds / 1000);
        terminal.progress(`Written. Waiting until it is live: ${seconds} s of at most ${waitSeconds} s`);
      },
    });
    if (format === 'json') {
      terminal.note(syncText(result, asIs, terminal.colours.note));
      printJson(terminal, syncJson(result, tables.requests()));
    } else {
      const plan = shown.has(result.review) ? '' : planText(result.review, asIs, terminal.colours.out);
      terminal.out(plan + syncText(result, asIs, terminal.colours.out));
    }
    if (result.refused !== undefined) return exit.notRight;
    if (result.stop !== undefined) return exit.failed;
    return result.held.size === 0 ? exit.fine : exit.notRight;
  },
});

/** Shows the plan, notes that in `shown`, and asks; undefined where nobody can be asked. */
function askingFirst(
  { ask, out, note, colours }: Terminal,
  format: string,
  shown: Set<Review>,
): SyncPorts['agreed'] | undefined {
  if (ask === undefined) return undefined;
  return (review) => {
    shown.add(review);
    if (format === 'json') note(planText(review, asIs, colours.note));
    else out(planText(review, asIs, colours.out));
    const { length } = review.plan.changes;
    return ask(length === 0 ? 'Complete the sync that was cut short?' : `Write ${counted(length, 'row')}?`);
  };
}

/** Where the files come from, and who syncs them, by the git repository around their folder; `commit` stands above it. */
async function originOf(
  { folder: workingFolder, environment, note }: Terminal,
  folder: string,
  given: string | undefined,
): Promise<Pick<SyncRequest, 'source' | 'uncommitted' | 'startedBy'>> {
  const checkout = await checkoutOf(resolve(workingFolder, folder));
  const commit = given ?? checkout?.commit;
  if (commit === undefined) {
    const missing =
      checkout === undefined
        ? `There is no git repository around ${folder}`
        : `Nothing in ${folder} was committed yet`;
    note(
      `${missing}, so this sync cannot tell whether the tables already hold a later state of the files.\n`,
    );
  }
  const { branch, uncommitted = [] } = checkout ?? {};
  const user = checkout?.user ?? environment.USER ?? environment.USERNAME ?? 'somebody';
  const run = branch === undefined ? 'command line' : `command line, branch ${branch}`;
  return {
    startedBy: `${user} (command line)`,
    ...(commit === undefined ? {} : { source: { commit, run } }),
    uncommitted: uncommitted.map((name) => join(folder, name)),
  };
}
