import { say } from '../messages/message.ts';
import { toData } from '../shape/data.ts';
import { validate } from '../shape/validate.ts';
import { parse } from '../syntax/parse.ts';
import { codeframe } from '../text/codeFrame.ts';
import { type Finding, sortDiagnostics } from '../text/diagnostic.ts';
import { createSourceText, startOfFile } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { told } from '../text/told.ts';
import type { StageSettings } from './stage.ts';

export type ReadStage =
  | { readonly settings: StageSettings; readonly faults?: never }
  /** Each as a compiler shows it, `file:line:column` first, in the order of the file. */
  | { readonly settings?: never; readonly faults: readonly string[] };

/** Reads a stage's settings and finds everything that is wrong with them at once. `path` is shown in the faults. */
export function readStage(text: string, path: string): ReadStage {
  const source = createSourceText(path, text);
  const failed = (findings: readonly Finding[]): ReadStage => ({
    faults: sortDiagnostics(told(findings, 'en')).map((one) =>
      codeframe(one, new Map([[path, source]]), false),
    ),
  });
  const parsed = parse(source);
  if (parsed.findings !== undefined) return failed(parsed.findings);
  const { value } = parsed;
  if (value?.kind !== 'table') return failed([noSettings(path)]);
  const mistakes = validate('stage', value);
  return mistakes.length > 0
    ? failed(mistakes.map(({ finding }) => finding))
    : { settings: toData(value) as StageSettings };
}

function noSettings(path: string): Finding {
  return {
    code: 'no-map',
    severity: 'error',
    message: say('This file must consist of settings, each a name, a colon and a value.'),
    help: say('start it with a line such as `{line}`', { line: 'region: eu-west-1' }),
    ...startOfFile(path),
  };
}

/** Why a stage has no settings to read, where the reason is not in its file. */
export function noSuchStage(stage: string, path: string, stages: readonly string[]): string {
  const meant = suggest(stage, stages);
  const cure = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return `There is no stage \`${stage}\`: ${path} is missing.${cure} The stages are ${stages.join(', ')}.`;
}

export function badStageName(stage: string): string {
  return `\`${stage}\` cannot be the name of a stage: use small letters, digits and hyphens, a letter first.`;
}
