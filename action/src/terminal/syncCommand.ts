import { planText } from '../render/planText.ts';
import { asIs } from '../render/redact.ts';
import { syncJson, syncText } from '../render/syncReport.ts';
import { readAllow } from '../review/allow.ts';
import { isDescendant } from '../review/history.ts';
import { readStage } from '../review/stage.ts';
import { readToday } from '../review/today.ts';
import { readWaitSeconds } from '../review/waitSeconds.ts';
import { type SyncRequest, sync } from '../sync/sync.ts';
import { readDesired } from './desired.ts';
import { readChoice, readOptions } from './options.ts';
import { type Command, exit } from './terminal.ts';

const kinds = {
  dir: 'string',
  stage: 'string',
  'wait-seconds': 'string',
  commit: 'string',
  allow: 'string',
  'prune-foreign': 'boolean',
  'expect-fingerprint': 'string',
  today: 'string',
  format: 'string',
} as const;

/**
 * `sync`: bring the tables to what the files say, and wait until mail goes by it. Domains whose files have errors are
 * left as they are, and make the exit code 1.
 */
export const syncCommand: Command = async (terminal, given) => {
  const { values } = readOptions(given, kinds, 0);
  const format = readChoice(values.format, ['text', 'json'], 'format');
  const allow = readAllow(values.allow);
  const waitSeconds = readWaitSeconds(values['wait-seconds']);
  const stage = await readStage(values.stage ?? 'production', terminal.folder, terminal.environment);
  const moment = { today: readToday(values.today, terminal.now), reserved: stage.reserved };
  const desired = await readDesired(terminal, values.dir ?? 'aliases', moment, format, { holds: true });
  if (desired === undefined) return exit.notRight;
  const tables = await terminal.openTables(stage);
  const { commit } = values;
  const expected = values['expect-fingerprint'];
  const request: SyncRequest = {
    desired: desired.records,
    mistaken: desired.mistaken,
    policy: desired.policy,
    moment,
    allow,
    pruneForeign: values['prune-foreign'] ?? false,
    waitSeconds,
    at: Math.floor(terminal.now.getTime() / 1000),
    ...(expected === undefined ? {} : { expectFingerprint: expected }),
    ...(commit === undefined ? {} : { source: { commit, run: 'command line' } }),
  };
  const result = await sync(request, {
    ...tables,
    isDescendant: (later, earlier) => isDescendant(terminal.folder, later, earlier),
  });
  if (format === 'json') {
    terminal.note(syncText(result, asIs));
    terminal.out(`${JSON.stringify(syncJson(result, tables.requests()), null, 2)}\n`);
  } else {
    terminal.out(planText(result.review, asIs) + syncText(result, asIs));
  }
  if (result.refused !== undefined) return exit.notRight;
  if (result.stop !== undefined) return exit.failed;
  return result.held.size === 0 ? exit.fine : exit.notRight;
};
