/**
 * The rules by which the rewriting makes one name of another; undefined where none does.
 *
 * @param raw the field's bytes, one character each
 */
export function nameRules(before: string, after: string, raw: string): string[] | undefined {
  return stepsTo(before, after, [...forText, ...forNames]) ?? readingOf(before, after, raw);
}

/** The same for a text, of which no more is taken away than it must be. */
export function textRules(before: string, after: string, raw: string): string[] | undefined {
  return stepsTo(before, after, forText) ?? readingOf(before, after, raw);
}

type Step = readonly [rule: string, apply: (text: string) => string];

function stepsTo(before: string, after: string, steps: readonly Step[]): string[] | undefined {
  if (folded(before) === folded(after)) return [];
  const rules: string[] = [];
  let text = before;
  for (const [rule, apply] of steps) {
    const changed = apply(text);
    if (folded(changed) !== folded(text)) rules.push(rule);
    text = changed;
    if (folded(text) === folded(after)) return rules;
  }
  return undefined;
}

/** Of white space of any kind, mailparser and letterparser keep what they like. */
function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const forText: readonly Step[] = [
  ['control characters become spaces', (text) => text.replace(/\r\n|[\p{Cc}\u2028\u2029]/gu, ' ')],
];

const forNames: readonly Step[] = [
  [
    'a name has no marks that turn or hide text',
    (text) =>
      text.replace(/(?![\u200c\u200d])\p{Cf}|[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu, ''),
  ],
  ['a name has no run of spaces', (text) => text.replace(/\p{Z}{2,}/gu, ' ').replace(/^\p{Z}|\p{Z}$/gu, '')],
  ['a name has at most 100 characters', (text) => [...text].slice(0, 100).join('')],
];

/** What a reader did not make out before. */
function readingOf(before: string, after: string, raw: string): string[] | undefined {
  return readings.find(({ accepts }) => accepts(before, after, raw))?.rules;
}

const readings: readonly {
  readonly rules: string[];
  readonly accepts: (before: string, after: string, raw: string) => boolean;
}[] = [
  {
    rules: ['bytes that are no UTF-8 are windows-1252'],
    accepts: (before, after, raw) =>
      /[\x80-\xff]/.test(raw) && before.includes('\ufffd') && fits(before, after),
  },
  {
    rules: ['words of a rare charset become UTF-8'],
    accepts: (before, after, raw) =>
      /=\?(?:x-unknown|utf-7|unicode-1-1-utf-7|cp-?\d+|ibm\d+)[?*]/i.test(raw) &&
      (fits(before, after) || before.replace(/\+[A-Za-z0-9]+-|[^ -~]/g, '') === after.replace(/[^ -~]/g, '')),
  },
  {
    rules: ['of quotes inside quotes the spaces stay'],
    accepts: (before, after, raw) =>
      /"[^"]*"[^\s,;<"]/.test(raw) && before.replace(/\s/g, '') === after.replace(/\s/g, ''),
  },
];

/** Whether a text is the same but where the other could not be read. */
function fits(before: string, after: string): boolean {
  const pattern = folded(before.replace(/\p{Cc}/gu, ' '))
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/[\ufffd\s]*\ufffd[\ufffd\s]*/g, '[^\\0-\\x1f!-\\x7f]+');
  return new RegExp(`^${pattern.replaceAll(' ', '\\s+')}$`, 'u').test(after.trim());
}
