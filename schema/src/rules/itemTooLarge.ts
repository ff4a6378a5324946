import { say } from '../messages/message.ts';
import { sizeOf } from '../records/aliasFields.ts';
import { spanOf } from '../text/source.ts';
import { oncePerPlace, type Rule } from './rule.ts';

/** Bytes of a DynamoDB item (AWS quota), less room for what is written beside the definition. */
const itemLimit = 400 * 1024 - 1024;

export const itemTooLarge: Rule = {
  code: 'item-too-large',
  summary: 'An alias with all its destinations fits into one item of the table.',
  *find({ aliases }) {
    const tooLarge = aliases.filter(({ definition }) => sizeOf(definition) > itemLimit);
    yield* oncePerPlace(
      tooLarge.map(({ definition, entry }) => ({
        code: 'item-too-large',
        severity: 'error' as const,
        message: say('`{alias}` is too large: {size, number} KB, and the limit is {limit, number} KB.', {
          alias: entry.name.text.text,
          size: Math.ceil(sizeOf(definition) / 1024),
          limit: itemLimit / 1024,
        }),
        help: say('split its destinations among several aliases, and list those here'),
        ...spanOf(entry.name.text),
      })),
    );
  },
};
