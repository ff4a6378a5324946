import { allowLabel } from '../../../schema/src/records/reasonCodes.ts';
import type { Reason } from '../guard/reason.ts';
import type { Marked } from './speaker.ts';

/** The label with which a maintainer allows what a reason stands against, as a link. */
export function labelLink({ code }: Pick<Reason, 'code'>, { page }: { readonly page: string }): Marked {
  const label = allowLabel(code);
  return { markdown: `[\`${label}\`](${page}/labels/${label})` };
}
