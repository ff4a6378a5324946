import { aliasFiles } from '../files/repository.ts';
import { type Message, say } from '../messages/message.ts';
import type { Text } from '../syntax/value.ts';
import { isTwin, parseLocalPart } from '../text/address.ts';
import { spanOf } from '../text/source.ts';
import { asciiSpellings } from '../text/spelling.ts';
import type { Rule } from './rule.ts';

export const aliasName: Rule = {
  code: 'alias-name',
  summary: 'The name of an alias is a valid local part of an address, or `*`.',
  *find(repository) {
    for (const { name } of aliasFiles(repository).flatMap((file) => file.aliases)) {
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
        ...spanOf(name.text),
      };
    }
  },
};

function cure({ text }: Text): Message | undefined {
  const local = text.includes('@') ? text.slice(0, text.indexOf('@')) : undefined;
  if (local !== undefined)
    return isName(local) ? say('write only the part before the @: `{name}`', { name: local }) : undefined;
  if ([...text].some(isTwin)) return say('type the name again in Latin letters');
  const dotted = text.replaceAll(' ', '.').toLowerCase();
  if (/^\S+(?: \S+)+$/.test(text) && isName(dotted))
    return say('write a dot instead of the space: `{name}`', { name: dotted });
  const spelt = asciiSpellings(text).map((one) => `\`${one}\``);
  return spelt.length === 0 ? undefined : say('write {names}', { names: { or: spelt } });
}

function isName(text: string): boolean {
  return parseLocalPart(text).fault === undefined;
}
