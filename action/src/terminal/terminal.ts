import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import type { Command } from '../../../schema/src/commandLine/command.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import type { Options } from '../../../schema/src/commandLine/options.ts';
import type { Screen } from '../../../schema/src/commandLine/screen.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { defaults } from '../../../schema/src/stage/stage.ts';
import { hasErrors } from '../../../schema/src/text/diagnostic.ts';
import { checkJson, checkText } from '../render/checkReport.ts';
import { asIs } from '../render/redact.ts';
import { readMoment, type Stage } from '../review/stage.ts';
import type { OpenTables } from '../tables/open.ts';

/** What a command has of the world. Its result (JSON, or what a person asked for) goes to `out`, all else to `note`. */
export interface Terminal extends Screen {
  /** The current folder. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  openTables(stage: Stage): Promise<OpenTables>;
}

export function command<const O extends Options>(made: Command<Terminal, O>): Command<Terminal> {
  return made;
}

/** Options that several commands take, each with one meaning. */
export const common = {
  stage: { kind: 'text', value: 'STAGE', help: 'the stage whose settings and tables to use (production)' },
  today: { kind: 'text', value: 'DATE', help: 'the day to judge expiry by, as YYYY-MM-DD (today, in UTC)' },
  dir: { kind: 'text', value: 'DIR', help: 'the folder of the alias files (aliases)' },
  format: { kind: 'choice', choices: ['text', 'json'], help: 'how to print the result (text)' },
  allow: { kind: 'text', value: 'CODE,…', help: 'reasons against the plan to allow, by their codes' },
  'prune-foreign': { kind: 'flag', help: 'delete rows of managed domains that others wrote' },
} as const;

/** The settings of the stage and the moment that a command's options name. */
export function momentOf(
  { folder, environment, now }: Terminal,
  {
    stage = defaults.stage,
    today,
  }: { readonly stage: string | undefined; readonly today: string | undefined },
): Promise<{ readonly stage: Stage; readonly moment: Moment }> {
  return readMoment({ stage, root: folder, environment, today, now });
}

export function printJson({ out }: Terminal, value: unknown): void {
  out(`${JSON.stringify(value, null, 2)}\n`);
}

/** Shows, beside a result that is about something else, what is wrong with the files. */
export function noteChecked(terminal: Terminal) {
  return (checked: Checked, files: readonly SourceFile[]): void => {
    if (checked.diagnostics.length > 0) terminal.note(checkText(checked, files, asIs, terminal.colours.note));
  };
}

/** Files with errors are the result where programs read it: there is nothing to plan. Gives the exit code. */
export function printMistakes(terminal: Terminal, checked: Checked, format: string): number {
  if (format === 'json') printJson(terminal, checkJson(checked));
  return exit.notRight;
}

/** An answer from files with errors may lack what could not be read, so it comes with a warning. */
export function noteDoubt(terminal: Terminal, { diagnostics }: Checked, folder: string): void {
  if (!hasErrors(diagnostics)) return;
  terminal.note(`The files have errors, so this answer may be wrong. \`check ${folder}\` shows them.\n`);
}
