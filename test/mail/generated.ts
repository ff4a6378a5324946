import fc from 'fast-check';

// Mails as programs write them, well or badly: each field in one of the forms that real mails have.

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcdeéXYZ019-'), minLength: 1, maxLength: 9 }),
  fc.constantFrom('Ann', 'Lee', 'Jörg', 'Müller', 'Łódź', '山田', 'Анна', 'ليلى', '🌻', '“x”', '10', 'Dr.'),
  fc.constantFrom(
    "O'Brien",
    'a,b',
    '(x)',
    '"q"',
    'a\\b',
    'a@b.example',
    ':',
    ';',
    '…',
    'x\u00a0y',
    '\u2003',
    '\u3000',
  ),
);
const text = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
const longText = fc.oneof(
  { weight: 9, arbitrary: text },
  { weight: 1, arbitrary: fc.array(word, { minLength: 40, maxLength: 80 }).map((words) => words.join(' ')) },
);

/** A text in the forms of an unstructured field, one character a byte. */
const writtenText = fc
  .tuple(longText, fc.constantFrom('B', 'Q', 'raw', 'raw', 'latin1', 'half', 'folded', 'control'))
  .map(([content, form]) => {
    const bytes = Buffer.from(content).toString('latin1');
    if (form === 'B') return encoded(content, 'B', '\r\n ');
    if (form === 'Q') return encoded(content, 'Q', ' ');
    if (form === 'latin1') return content.replace(/[^\0-\xff]/g, '?');
    if (form === 'half') return `${bytes} ${encoded(content, 'Q', '\r\n\t')} ${bytes}`;
    if (form === 'folded') return bytes.replaceAll(' ', '\r\n ');
    if (form === 'control') return `${bytes}\x00\x07 ${bytes}`;
    return bytes;
  });

function encoded(content: string, encoding: 'B' | 'Q', between: string): string {
  const pieces = content.match(/[\s\S]{1,9}(?![\udc00-\udfff])/gu) ?? [];
  return pieces
    .map((piece) => {
      const bytes = Buffer.from(piece);
      const hex = bytes.toString('hex').replace(/../g, '=$&').toUpperCase();
      return `=?utf-8?${encoding}?${encoding === 'B' ? bytes.toString('base64') : hex}?=`;
    })
    .join(between);
}

const local = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('ann', 'bob', 'a.b', 'x+y', 'info', "o'neil", 'n_1', 'A-Z', '0') },
  { weight: 1, arbitrary: fc.constantFrom('"a b"', 'ann.', 'a..b', 'm'.repeat(60), 'a=b/c', '"a\\"b"') },
);
const domain = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('sender.example', 'Example.COM', 'a.b.c.example', 'x-y.example') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('under_score.example', '[192.0.2.1]', 'localhost', 'm\xc3\xbcller.example'),
  },
);
const address = fc.tuple(local, domain).map((parts) => parts.join('@'));

/** A mailbox in the forms that address fields have. */
const mailbox = fc
  .tuple(
    text,
    address,
    fc.constantFrom('quoted', 'quoted', 'B', 'Q', 'bare', 'comment', 'alone', 'angle', 'tight', 'inner'),
  )
  .map(([name, mail, form]) => {
    const bytes = Buffer.from(name).toString('latin1');
    const inQuotes = `"${bytes.replace(/["\\]/g, '\\$&')}"`;
    switch (form) {
      case 'quoted':
        return `${inQuotes} <${mail}>`;
      case 'B':
      case 'Q':
        return `${encoded(name, form, ' ')} <${mail}>`;
      case 'bare':
        return `${bytes.replace(/[^ \w\x80-\xff'-]/g, '') || 'Ann'} <${mail}>`;
      case 'comment':
        return `${mail} (${bytes.replace(/[()\\]/g, '')})`;
      case 'angle':
        return `<${mail}>`;
      case 'tight':
        return `${inQuotes}<${mail}>`;
      case 'inner':
        return `"${encoded(name, 'Q', ' ')}" <${mail}>`;
      default:
        return mail;
    }
  });
const list = fc
  .tuple(
    fc.array(mailbox, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(', ', ', ', ',', ',\r\n ', ',\r\n\t', ' , '),
    fc.constantFrom('', '', '', '', ',', 'group'),
  )
  .map(([mailboxes, comma, end]) =>
    end === 'group' ? `Members: ${mailboxes.join(comma)};` : mailboxes.join(comma) + end,
  );

const kinds = ['mixed', 'alternative', 'related'] as const;
const content = fc
  .tuple(
    fc.constantFrom(...kinds),
    fc.constantFrom('b1', '----=_Part_1.2', 'a b', 'x:y', "'quoted'"),
    fc.constantFrom('; ', ';', ';\r\n\t', '; charset=utf-8; ', '; charset=utf-8;\r\n '),
    fc.array(text, { maxLength: 3 }),
    fc.boolean(),
  )
  .map(([kind, boundary, between, texts, isWhole]) => {
    const parts = texts.map(
      (one) => `--${boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${bytesOf(one)}\r\n`,
    );
    return {
      fields: [`MIME-Version: 1.0`, `Content-Type: multipart/${kind}${between}boundary="${boundary}"`],
      body: parts.join('') + (isWhole && texts.length > 0 ? `--${boundary}--\r\n` : ''),
    };
  });
const plain = fc
  .tuple(
    fc.constantFrom('text/plain', 'text/html', 'TEXT/PLAIN', 'text/plain; format=flowed', 'application/pdf'),
    text,
  )
  .map(([type, body]) => ({
    fields: [
      'MIME-Version: 1.0',
      `Content-Type: ${type}; charset="utf-8"`,
      'Content-Transfer-Encoding: 8bit',
    ],
    body: bytesOf(body),
  }));
const bare = text.map((body) => ({ fields: [], body: bytesOf(body) }));

function bytesOf(content: string): string {
  return Buffer.from(content).toString('latin1');
}

function field(name: string, value: fc.Arbitrary<string>) {
  return fc
    .tuple(fc.constantFrom(': ', ': ', ':', ':\r\n ', ':\t'), value)
    .map(([colon, content]) => `${name}${colon}${content}`);
}

function perhaps(name: string, value: fc.Arbitrary<string>) {
  return fc.option(field(name, value), { nil: undefined });
}

/** A mail of those forms. */
export const generatedMail = fc
  .tuple(
    field('From', fc.oneof({ weight: 5, arbitrary: mailbox }, { weight: 1, arbitrary: list })),
    perhaps('Reply-To', list),
    perhaps('To', list),
    perhaps('Cc', list),
    perhaps('Subject', writtenText),
    perhaps('X-Note', writtenText),
    perhaps('Message-ID', fc.constantFrom('<1@sender.example>', '<a b@c>', 'none')),
    fc.oneof(content, plain, bare),
    fc.constantFrom('\r\n', '\r\n', '\n'),
    fc.array(fc.nat(1_000), { minLength: 10, maxLength: 10 }),
  )
  .map(([from, replyTo, to, cc, subject, note, id, { fields, body }, end, order]) => {
    const all = [from, replyTo, to, cc, subject, note, id, ...fields].filter((one) => one !== undefined);
    const sorted = all
      .map((one, index) => [order[index] ?? 0, one] as const)
      .sort(([a], [b]) => a - b)
      .map(([, one]) => one);
    return Buffer.from(`${sorted.join('\r\n')}\r\n\r\n`.replaceAll('\r\n', end) + body, 'latin1');
  });
