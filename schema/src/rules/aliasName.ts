import { aliasFiles } from '../files/repository.ts';
import { type Message, say } from '../messages/message.ts';
import type { Text } from '../syntax/value.ts';
import { isTwin } from '../text/address.ts';
import { type Corrected, replaced } from '../text/correction.ts';
import { quote } from '../text/quote.ts';
import { spanOf } from '../text/source.ts';
import { meantNames } from '../text/spelling.ts';
import type { Rule } from './rule.ts';

export const aliasName: Rule = {
  code: 'alias-name',
  summary: 'The name of an alias is a valid local part of an address, or `*`.',
  *find(repository) {
    for (const { aliases } of aliasFiles(repository)) {
      const taken = new Set(aliases.map(({ name }) => name.read.value));
      for (const { name } of aliases) {
        if (name.read.fault === undefined) continue;
        const help = cure(name.text);
        yield {
          code: 'alias-name',
          severity: 'error',
          message: say('`{name}` is not a valid alias name: {fault}.', {
            name: name.text.text,
            fault: name.read.fault,
          }),
          ...(help === undefined ? {} : { help }),
          ...correctionOf(name.text, taken),
          ...spanOf(name.text),
        };
      }
    }
  },
};

/** Where one name alone is meant, and no other alias has it. */
function correctionOf(text: Text, taken: ReadonlySet<string | undefined>): Corrected {
  const [name, other] = meantNames(text.text);
  return name === undefined || other !== undefined || taken.has(name) ? {} : replaced(text, quote(name));
}

function cure({ text }: Text): Message | undefined {
  const names = meantNames(text);
  const [name] = names;
  if (text.includes('@'))
    return name === undefined ? undefined : say('write only the part before the @: `{name}`', { name });
  if ([...text].some(isTwin)) return say('type the name again in Latin letters');
  if (name === undefined) return undefined;
  return text.includes(' ')
    ? say('write a dot instead of the space: `{name}`', { name })
    : say('write {names}', { names: { or: names.map((one) => `\`${one}\``) } });
}
