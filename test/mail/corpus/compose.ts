import { encodedWords, quotedPrintable, wrap } from './encode.ts';

export interface Person {
  readonly name: string;
  readonly address: string;
}

/** What somebody writes, whatever program sends it. */
export interface Occasion {
  readonly name: string;
  readonly author: Person;
  readonly to: readonly Person[];
  readonly cc?: readonly Person[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** A picture that the HTML shows by its Content-ID. */
  readonly picture?: string;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly content: string }[];
  /** The Message-ID that it answers. */
  readonly answers?: string;
}

/** How a program writes mails. */
export interface Mailer {
  readonly name: string;
  readonly charset: 'utf-8' | 'UTF-8' | 'iso-8859-1' | 'us-ascii';
  readonly words: 'Q' | 'B' | 'raw';
  readonly transfer: 'quoted-printable' | 'base64' | '8bit' | '7bit';
  /** Whether a name stands in quotes though it needs none. */
  readonly quotesNames: boolean;
  /** What joins the addresses of a field. */
  readonly comma: string;
  readonly fold: string;
  readonly boundary: (level: number) => string;
  /** Its fields in its order; `content` holds MIME-Version and what describes the body. */
  readonly fields: (written: Written) => readonly string[];
}

export interface Written {
  readonly from: string;
  readonly to: string;
  readonly cc: readonly string[];
  readonly subject: string;
  readonly answers: readonly string[];
  readonly content: readonly string[];
  readonly number: number;
}

/** The mail of an occasion as a program writes it. */
export function compose(program: Mailer, occasion: Occasion, number: number): Buffer {
  // Programs with an 8-bit charset take UTF-8 for what that cannot write.
  const mailer: Mailer = fitsLatin1(occasion) ? program : { ...program, charset: 'utf-8' };
  const content = contentOf(mailer, occasion);
  const list = (people: readonly Person[]) =>
    people.map((person) => mailbox(mailer, person)).join(mailer.comma);
  const fields = mailer.fields({
    from: mailbox(mailer, occasion.author),
    to: list(occasion.to),
    cc: occasion.cc === undefined ? [] : [`Cc: ${list(occasion.cc)}`],
    subject: words(mailer, occasion.subject),
    answers:
      occasion.answers === undefined
        ? []
        : [
            `In-Reply-To: ${occasion.answers}`,
            `References: <first@sender.example>${mailer.fold}${occasion.answers}`,
          ],
    content: content.fields,
    number,
  });
  return Buffer.concat([
    Buffer.from(`${fields.join('\r\n')}\r\n\r\n`, mailer.charset === 'iso-8859-1' ? 'latin1' : 'utf8'),
    content.body,
  ]);
}

function fitsLatin1(occasion: Occasion): boolean {
  return /^[\0-\xff]*$/.test(JSON.stringify(occasion));
}

function words({ words: encoding, charset, fold }: Mailer, text: string): string {
  if (/^[ -~]*$/.test(text) || encoding === 'raw') return text;
  return encodedWords(text, charset, encoding).join(fold);
}

function mailbox(mailer: Mailer, { name, address }: Person): string {
  if (name === '') return address;
  if (mailer.words !== 'raw' && /[^ -~]/.test(name)) return `${words(mailer, name)} <${address}>`;
  const isPlain = /^[\w\x80-\uffff !'-]+$/.test(name) && !mailer.quotesNames;
  return `${isPlain ? name : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}

interface Entity {
  readonly fields: readonly string[];
  readonly body: Buffer;
}

function contentOf(mailer: Mailer, { text, html, picture, files = [] }: Occasion): Entity {
  const plain = textEntity(mailer, 'plain', text);
  const marked = html === undefined ? undefined : textEntity(mailer, 'html', html);
  const shown =
    marked === undefined || picture === undefined
      ? marked
      : parts(mailer, 3, 'related', [marked, pictureEntity(picture)]);
  const message = shown === undefined ? plain : parts(mailer, 2, 'alternative', [plain, shown]);
  const whole =
    files.length === 0
      ? message
      : parts(mailer, 1, 'mixed', [message, ...files.map((file) => attached(mailer, file))]);
  return { ...whole, fields: ['MIME-Version: 1.0', ...whole.fields] };
}

function textEntity({ charset, transfer }: Mailer, subtype: string, text: string): Entity {
  const bytes = Buffer.from(
    `${text}\n`.replaceAll('\n', '\r\n'),
    charset === 'iso-8859-1' ? 'latin1' : 'utf8',
  );
  const body =
    transfer === 'quoted-printable' ? quotedPrintable(bytes) : transfer === 'base64' ? wrap(bytes) : bytes;
  return {
    fields: [`Content-Type: text/${subtype}; charset="${charset}"`, `Content-Transfer-Encoding: ${transfer}`],
    body,
  };
}

function pictureEntity(content: string): Entity {
  return {
    fields: [
      'Content-Type: image/png; name="image001.png"',
      'Content-Transfer-Encoding: base64',
      'Content-ID: <image001.png@01DA0000.00000000>',
      'Content-Disposition: inline; filename="image001.png"',
    ],
    body: wrap(Buffer.from(content)),
  };
}

function attached(mailer: Mailer, file: { name: string; type: string; content: string }): Entity {
  const name = /^[ -~]*$/.test(file.name)
    ? `filename="${file.name}"`
    : `filename*=${mailer.charset}''${encodeURIComponent(file.name)}`;
  return {
    fields: [
      `Content-Type: ${file.type}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment;${mailer.fold}${name}`,
    ],
    body: wrap(Buffer.from(file.content)),
  };
}

function parts(mailer: Mailer, level: number, subtype: string, entities: readonly Entity[]): Entity {
  const boundary = mailer.boundary(level);
  const delimited = entities.flatMap(({ fields, body }) => [
    Buffer.from(`--${boundary}\r\n${fields.join('\r\n')}\r\n\r\n`),
    body,
    Buffer.from('\r\n'),
  ]);
  return {
    fields: [`Content-Type: multipart/${subtype};${mailer.fold}boundary="${boundary}"`],
    body: Buffer.concat([...delimited, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
