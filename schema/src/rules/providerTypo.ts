import type { Repository } from '../files/repository.ts';
import { say } from '../messages/message.ts';
import type { Finding } from '../text/diagnostic.ts';
import { spanOf } from '../text/source.ts';
import { meantProvider } from '../text/suggest.ts';
import { oncePerPlace, type Rule } from './rule.ts';

export const providerTypo: Rule = {
  code: 'provider-typo',
  summary: 'No destination is at a misspelt mail provider.',
  *find(repository) {
    yield* oncePerPlace(findAll(repository));
  },
};

function* findAll({ references }: Repository): Generator<Finding> {
  const meant = new Map<string, string | undefined>();
  for (const edges of references.edges) {
    for (const { destination, target } of edges) {
      const { text, read } = destination;
      if (target !== 'outside' || read.value?.kind !== 'address') continue;
      const { local, domain } = read.value;
      if (!meant.has(domain)) meant.set(domain, meantProvider(domain));
      const provider = meant.get(domain);
      if (provider === undefined) continue;
      yield {
        code: 'provider-typo',
        severity: 'warning',
        message: say(
          '`{text}` is at {domain}, which looks like a typing error for {provider}; its mail may go to a stranger.',
          { text: text.text, domain, provider },
        ),
        help: say('did you mean `{meant}`?', { meant: `${local}@${provider}` }),
        ...spanOf(text),
      };
    }
  }
}
