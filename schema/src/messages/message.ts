import { IntlMessageFormat } from 'intl-messageformat';
import { french } from './french.ts';

/** The languages of what members read; `language` in `_policy.yml` names one of them. */
export type Language = 'en' | 'fr';

/** An English text in ICU message syntax, under which the catalogues have its translations. */
export type Template = keyof typeof french;

/**
 * A sentence, or a part of one, for members: data until it is known in which language they read. `parts` are named as
 * in the template.
 */
export interface Message {
  readonly template: Template;
  readonly parts: Readonly<Record<string, Part>>;
}

/** A `Date` is shown in UTC; `and` and `or` are lists, joined as the language does. */
export type Part =
  | string
  | number
  | Date
  | Message
  | { readonly and: readonly (string | Message)[] }
  | { readonly or: readonly (string | Message)[] };

/** A template that has no translation does not compile. */
export function say(template: Template, parts: Message['parts'] = {}): Message {
  return { template, parts };
}

/** Dates as `31 January 2027`, in English too. */
const locales = { en: 'en-GB', fr: 'fr-FR' } as const;

export function wordsOf(message: Message, language: Language): string {
  const values = Object.entries(message.parts).map(
    ([name, part]) => [name, shownPart(part, language)] as const,
  );
  return String(formatOf(message.template, language).format(Object.fromEntries(values)));
}

function shownPart(part: Part, language: Language): string | number | Date {
  if (typeof part !== 'object' || part instanceof Date) return part;
  if ('template' in part) return wordsOf(part, language);
  const isChoice = 'or' in part;
  const items = isChoice ? part.or : part.and;
  const type = isChoice ? 'disjunction' : 'conjunction';
  return lists[language][type].format(
    items.map((item) => (typeof item === 'string' ? item : wordsOf(item, language))),
  );
}

const lists = { en: listsOf('en'), fr: listsOf('fr') };

function listsOf(language: Language) {
  const listOf = (type: 'conjunction' | 'disjunction') => new Intl.ListFormat(locales[language], { type });
  return { conjunction: listOf('conjunction'), disjunction: listOf('disjunction') };
}

const known = { en: new Map<Template, IntlMessageFormat>(), fr: new Map<Template, IntlMessageFormat>() };

/** Read once each: a file may have thousands of the same mistake. */
function formatOf(template: Template, language: Language): IntlMessageFormat {
  const read = known[language].get(template);
  if (read !== undefined) return read;
  const text = language === 'fr' ? french[template] : template;
  const format = new IntlMessageFormat(text, locales[language], formats, { ignoreTag: true, formatters });
  known[language].set(template, format);
  return format;
}

/** French has an ordinal number for the first day of a month alone, which CLDR leaves out. */
class DateFormat extends Intl.DateTimeFormat {
  override format(date?: Date | number): string {
    const text = super.format(date);
    return this.resolvedOptions().locale.startsWith('fr') ? text.replace(/^1 /, '1er ') : text;
  }
}

const formatters = {
  getNumberFormat: (...given: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...given),
  getDateTimeFormat: (...given: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new DateFormat(...given),
  getPluralRules: (...given: ConstructorParameters<typeof Intl.PluralRules>) =>
    new Intl.PluralRules(...given),
};

const formats = {
  date: { long: { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } },
  time: { minute: { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' } },
} as const;
