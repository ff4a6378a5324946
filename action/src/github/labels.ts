import { type Message, say } from '../../../schema/src/messages/message.ts';
import { allowLabel } from '../../../schema/src/records/reasonCodes.ts';
import { type Code, isCode } from '../guard/reason.ts';
import type { Api, Pull } from './api.ts';

/** What the labels `allow-CODE` on a pull request say: which count, and why the others do not. */
export interface Labels {
  /** The codes that count, and who set them: logins. */
  readonly setBy: ReadonlyMap<Code, string>;
  /** Sentences. */
  readonly ignored: readonly Message[];
}

/**
 * A label counts that was set after the last commit came, by somebody who maintains the repository. An older one was
 * set on something else. What GitHub does not say counts against the label.
 */
export async function readLabels(
  api: Pick<Api, 'labels' | 'arrivedAt' | 'maintains'>,
  pull: Pick<Pull, 'number' | 'head'>,
): Promise<Labels> {
  const setBy = new Map<Code, string>();
  const ignored: Message[] = [];
  const events = (await api.labels(pull.number)).filter(({ label }) => label.startsWith(allowLabel('')));
  const arrived = events.length === 0 ? undefined : await api.arrivedAt(pull.head);
  for (const { label, actor, at } of events) {
    const code = label.slice(allowLabel('').length);
    const ignore = (why: Message) =>
      ignored.push(say('The label {label} does not count: {why}.', { label, why }));
    if (!isCode(code)) ignore(say('there is no reason of that name'));
    else if (code === 'rollback')
      ignore(say('no pull request brings an older commit back, only a run of the sync'));
    else if (actor === '') ignore(say('GitHub does not say who set it on this version of the change'));
    else if (arrived === undefined) ignore(say('GitHub does not say when the last commit arrived'));
    else if (at <= arrived)
      ignore(say('it was set before the last commit arrived. Take it off, and set it again'));
    else if (!(await api.maintains(actor))) ignore(say('whoever set it does not maintain this repository'));
    else setBy.set(code, actor);
  }
  return { setBy, ignored };
}
