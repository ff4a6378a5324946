import { type Code, isCode } from '../guard/reason.ts';
import type { Api, Pull } from './api.ts';

const prefix = 'allow-';

/**
 * The overrides that labels `allow-CODE` on a pull request give: those set after its last commit came, by somebody
 * who maintains the repository. An older label was set on something else.
 */
export async function allowedByLabel(
  api: Pick<Api, 'labels' | 'arrivedAt' | 'maintains'>,
  pull: Pick<Pull, 'number' | 'head'>,
): Promise<Set<Code>> {
  const allowed = new Set<Code>();
  const events = (await api.labels(pull.number)).filter(({ label }) => label.startsWith(prefix));
  if (events.length === 0) return allowed;
  const arrived = await api.arrivedAt(pull.head);
  for (const { label, actor, at } of events) {
    const code = label.slice(prefix.length);
    if (at > arrived && isCode(code) && (await api.maintains(actor))) allowed.add(code);
  }
  return allowed;
}
