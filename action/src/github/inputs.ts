import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { defaults as stageDefaults } from '../../../schema/src/stage/stage.ts';
import type { Code } from '../guard/reason.ts';
import { readAllow, readWaitSeconds } from '../review/request.ts';

export const commandNames = ['check', 'plan', 'sync', 'unsynced', 'comment', 'drift'] as const;
export type CommandName = (typeof commandNames)[number];

export interface ActionInputs {
  readonly command: CommandName;
  readonly directory: string;
  readonly stage: string;
  readonly from: 'tables' | 'base';
  readonly waitSeconds: number;
  readonly redact: 'auto' | 'on' | 'off';
  readonly allow: ReadonlySet<Code>;
  readonly pruneForeign: boolean;
  readonly expectFingerprint?: string;
  readonly token: string;
}

/** The defaults of action.yml again, for a process that is started without the runner. */
export const defaults: Readonly<Record<string, string>> = {
  directory: 'aliases',
  stage: stageDefaults.stage,
  from: 'tables',
  'wait-seconds': '120',
  redact: 'auto',
  allow: '',
  'prune-foreign': 'false',
  'expect-fingerprint': '',
};

/** Reads the inputs by name; a value that makes no sense is a usage error that names its input. */
export function readInputs(given: (name: string) => string): ActionInputs {
  const input = (name: string): string => given(name) || (defaults[name] ?? '');
  const expected = input('expect-fingerprint');
  return {
    command: choice('command', input('command'), commandNames),
    directory: input('directory'),
    stage: input('stage'),
    from: choice('from', input('from'), ['tables', 'base']),
    waitSeconds: readWaitSeconds(input('wait-seconds')),
    redact: choice('redact', input('redact'), ['auto', 'on', 'off']),
    allow: readAllow(input('allow')),
    pruneForeign: choice('prune-foreign', input('prune-foreign'), ['true', 'false']) === 'true',
    ...(expected === '' ? {} : { expectFingerprint: expected }),
    token: input('github-token'),
  };
}

function choice<const T extends string>(name: string, given: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === given);
  if (found === undefined) {
    throw new UsageError(`The input \`${name}\` must be one of ${choices.join(', ')}, not \`${given}\`.`);
  }
  return found;
}
