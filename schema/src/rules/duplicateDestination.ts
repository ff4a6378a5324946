import { mainDomain } from '../directory/resolve.ts';
import type { Repository } from '../files/repository.ts';
import { type Message, say } from '../messages/message.ts';
import type { Text } from '../syntax/value.ts';
import { type Destination, joinAddress, type Parsed } from '../text/address.ts';
import { withoutEntry } from '../text/correction.ts';
import type { Related } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const duplicateDestination: Rule = {
  code: 'duplicate-destination',
  summary: 'An alias lists each destination once, in whatever form.',
  *find(repository) {
    const seen = new Set<object>();
    for (const { domain, entry } of repository.aliases) {
      if (entry.destinations.length < 2 || seen.has(entry)) continue;
      seen.add(entry);
      const firsts = new Map<string, First>();
      for (const reading of entry.destinations) {
        const key = meaning(repository, domain, reading.read);
        if (key === undefined) continue;
        const first = firsts.get(key);
        if (first === undefined) {
          firsts.set(key, {
            text: reading.text,
            related: [{ message: say('the first is here'), ...spanOf(reading.text) }],
          });
          continue;
        }
        const { text } = reading;
        yield {
          code: 'duplicate-destination',
          severity: 'error',
          message:
            first.text.text === text.text
              ? say('`{text}` is listed twice.', { text: text.text })
              : say('`{text}` is the same destination as `{first}`.', {
                  text: text.text,
                  first: first.text.text,
                }),
          help: say('delete one of the two'),
          related: first.related,
          ...withoutEntry(text),
          ...spanOf(text),
        };
      }
    }
  },
};

/** Shared by all that repeat it, of which a hostile file has 100,000. */
interface First {
  readonly text: Text;
  readonly related: readonly Related<Message>[];
}

/** The address that a destination stands for, under the main domain where it is one of ours. */
function meaning(
  { directory }: Repository,
  domain: string,
  { value }: Parsed<Destination>,
): string | undefined {
  return (
    value && joinAddress(value.local, value.kind === 'name' ? domain : mainDomain(directory, value.domain))
  );
}
