import type { Checked } from '../../../schema/src/check.ts';
import { type Diagnostic, hasErrors } from '../../../schema/src/text/diagnostic.ts';

export interface CheckJson {
  readonly ok: boolean;
  readonly domains: number;
  readonly aliases: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What `check` found, in the stable form that programs read. */
export function checkJson({ diagnostics, domains, aliases }: Checked): CheckJson {
  return { ok: !hasErrors(diagnostics), domains, aliases, diagnostics };
}
