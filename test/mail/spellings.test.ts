import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { readLeniently } from './readLeniently.ts';
import { rewritten } from './rewritten.ts';
import { boundaries, nameWithComma, spaces, spoofedNames } from './spellings.ts';

function mail(fields: string, body = 'Hello\r\n'): Buffer {
  return Buffer.from(`${fields}\r\n\r\n${body}`, 'latin1');
}

/** What stands in a golden file of a text that may have any character. */
function visible(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** Each case as it comes, and what is made of it. */
async function compared(cases: readonly string[], sent: (given: string) => Promise<readonly string[]>) {
  const blocks: string[] = [];
  for (const given of cases) {
    const lines = await sent(given);
    blocks.push(`${visible(given)}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
  return blocks.join('\n');
}

async function senders(from: string, isVerified: boolean): Promise<string[]> {
  const read = await readLeniently(rewritten(mail(`From: ${from}`), isVerified));
  const shown = (people: typeof read.from) =>
    people.map(({ name, address }) => `${visible(name)} <${address}>`).join(', ');
  return [`From: ${shown(read.from)}`, `Reply-To: ${shown(read.replyTo)}`];
}

it('keeps a name with a comma, however it is written', async () => {
  const text = await compared(nameWithComma, (from) => senders(from, true));
  await expect(text).toMatchFileSnapshot('golden/name-with-comma.txt');
  expect(text.match(/From: "Lee, ?Ann \(ann@sender\.example\) via info"/g)).toHaveLength(
    nameWithComma.length,
  );
});

it('shows the true address beside a name, or instead of one that looks like an address', async () => {
  const text = await compared(spoofedNames, (from) => senders(from, false));
  await expect(text).toMatchFileSnapshot('golden/spoofed-names.txt');
  const shown = text.match(/ {2}From: .*/g) ?? [];
  expect(shown).toHaveLength(spoofedNames.length);
  expect(shown.filter((line) => !line.includes('ann@sender.example'))).toEqual([]);
  expect(shown.filter((line) => line.normalize('NFKC').includes('ceo@bank'))).toEqual([]);
});

it('keeps the boundary of a mail in parts, or finds it', async () => {
  const body =
    '--next part\r\nContent-Type: text/plain\r\n\r\none\r\n--next part\r\n\r\ntwo\r\n--next part--\r\n';
  const text = await compared(boundaries, async (type) => {
    const output = rewritten(mail(`From: ann@sender.example\r\nContent-Type: ${type}`, body));
    const header = output.toString('latin1').split('\r\n\r\n')[0] ?? '';
    const field = header.replaceAll(/\r\n(?=[ \t])/g, '').match(/^Content-Type:.*/im)?.[0];
    const parts = (await simpleParser(output)).text?.trim().split(/\s+/).join(', ');
    return [field ?? 'no Content-Type', `as mailparser shows it: ${parts}`];
  });
  await expect(text).toMatchFileSnapshot('golden/boundaries.txt');
  expect(text.match(/as mailparser shows it: one, two\n/g)).toHaveLength(boundaries.length);
});

describe('a space of Unicode', () => {
  const fields = ['Subject', 'Comments', 'Keywords', 'Organization', 'Thread-Topic', 'X-Note', 'List-Note'];
  const places: readonly (readonly [string, (space: string) => string])[] = [
    ['between words', (space) => `before${space}after`],
    ['at the start of a line', (space) => `before\r\n ${space}after`],
    ['at the end', (space) => `before${space}`],
    ['alone', (space) => space],
  ];

  it.each(places)('stays in every text, %s', (_, write) => {
    for (const point of spaces) {
      const space = String.fromCodePoint(point);
      const given = write(Buffer.from(space).toString('latin1'));
      const output = rewritten(
        mail(
          [`From: "${given}" <ann@sender.example>`, ...fields.map((name) => `${name}: ${given}`)].join(
            '\r\n',
          ),
        ),
      );
      const read = textsOf(output);
      const expected = seen(write(space));
      for (const name of fields) expect([name, read.get(name)]).toEqual([name, expected]);
      expect(read.get('X-Original-From')).toBe(`"${expected}" <ann@sender.example>`);
    }
  });

  it('is written as encoded-words', async () => {
    const texts = spaces.flatMap((point) =>
      places.map(
        ([, write]) => `Subject: ${write(Buffer.from(String.fromCodePoint(point)).toString('latin1'))}`,
      ),
    );
    const text = await compared(
      [...texts, 'Subject: a\xa0b', 'Subject: a\x85b', 'Subject: a\r\n \xa0!'],
      async (field) => [
        ...(rewritten(mail(`From: ann@sender.example\r\n${field}`))
          .toString('latin1')
          .match(/^Subject:.*(?:\r\n[ \t].*)*/gm) ?? []),
      ],
    );
    await expect(text).toMatchFileSnapshot('golden/spaces.txt');
  });

  /** A line of Unicode ends nothing in a header: it is a space there. */
  function seen(text: string): string {
    return text.replaceAll('\r\n', '').replace(/[\u2028\u2029]/g, ' ');
  }
});

/** The texts of a mail's fields by their names, decoded here, since mailparser folds every space. */
function textsOf(output: Buffer): Map<string, string> {
  const lines =
    output
      .toString('latin1')
      .split('\r\n\r\n')[0]
      ?.replaceAll(/\r\n(?=[ \t])/g, '')
      .split('\r\n') ?? [];
  const texts = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):[ ]?(.*)$/.exec(line) ?? [];
    const decoded = value
      .replace(/\?=[ \t]+=\?/g, '?==?')
      .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, base64: string) => Buffer.from(base64, 'base64').toString());
    texts.set(name, decoded);
  }
  return texts;
}
