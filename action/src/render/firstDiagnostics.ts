import type { Diagnostic } from '../../../schema/src/text/diagnostic.ts';

/** More than a log can be read for; JSON has them all. */
const shownLimit = 1_000;

export interface FirstDiagnostics {
  readonly shown: readonly Diagnostic[];
  /** Says how many are not shown; undefined where all are. */
  readonly rest?: string;
}

/** The first diagnostics in their order. Where not all have room, warnings go before errors do. */
export function firstDiagnostics(diagnostics: readonly Diagnostic[]): FirstDiagnostics {
  const more = diagnostics.length - shownLimit;
  if (more <= 0) return { shown: diagnostics };
  const isError = ({ severity }: Diagnostic): boolean => severity === 'error';
  const urgent = diagnostics.filter(isError).slice(0, shownLimit);
  const room = shownLimit - urgent.length;
  const others = diagnostics.filter((one) => !isError(one)).slice(0, room);
  const chosen = new Set([...urgent, ...others]);
  return {
    shown: diagnostics.filter((one) => chosen.has(one)),
    rest: `${more.toLocaleString('en')} more are not shown here; \`--format json\` lists them all.`,
  };
}
