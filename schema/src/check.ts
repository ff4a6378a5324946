import type { Directory } from './directory/resolve.ts';
import { languageOf } from './files/language.ts';
import { load } from './files/load.ts';
import { defaultPolicy, type Policy } from './files/policy.ts';
import { assemble, type CheckOptions } from './files/repository.ts';
import type { Records } from './records/records.ts';
import { rules } from './rules/all.ts';
import { compareText, type Diagnostic, sortDiagnostics } from './text/diagnostic.ts';
import type { SourceFile } from './text/source.ts';
import { told } from './text/told.ts';

export type { CheckOptions } from './files/repository.ts';
export type { SourceFile } from './text/source.ts';

export interface Checked {
  /** What the files say, as far as it could be read: shared aliases expanded, folded, sorted. To be used if there is no error. */
  readonly records: Records;
  readonly directory: Directory;
  readonly policy: Policy;
  /** The path of the file that each managed domain is read from. */
  readonly fileOf: ReadonlyMap<string, string>;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** Managed domains. */
  readonly domains: number;
  readonly aliases: number;
}

/**
 * Reads a folder of alias files and reports everything that is wrong with it. Each file goes through syntax, shape and
 * rules; what fails at one stage is left out of the next, and nothing is held against what may depend on it.
 */
export function check(files: readonly SourceFile[], options: CheckOptions): Checked {
  const loaded = [...files].sort((a, b) => compareText(a.name, b.name)).map(load);
  const repository = assemble(loaded, options);
  const language = options.language ?? languageOf(files, options.base);
  const findings = [
    ...loaded.flatMap((file) => file.findings),
    ...rules.flatMap((rule) => [...rule.find(repository)]),
  ];
  return {
    records: repository.records,
    directory: repository.directory,
    policy: repository.policyFile?.policy ?? defaultPolicy,
    fileOf: new Map([...repository.fileOf].map(([domain, { file }]) => [domain, file.path])),
    diagnostics: sortDiagnostics(told(findings, language)),
    domains: repository.fileOf.size,
    aliases: repository.aliases.length,
  };
}
