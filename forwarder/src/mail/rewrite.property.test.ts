import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { onceOnly } from './fieldNames.ts';
import { hostileMail } from './hostileMail.arbitrary.ts';
import { fakeIdentity as identity } from './identity.fake.ts';
import { headroom, openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';
import { isStrictAddressList } from './strictAddresses.ts';

function forward(mail: Buffer): Buffer {
  return rewrite(openMessage(Buffer.concat([Buffer.alloc(headroom), mail]), headroom), identity);
}

interface Line {
  readonly key: string;
  readonly value: string;
}

/** A second, stricter reading of what was written: undefined where it is no header. */
function readStrictly(output: Buffer): { fields: Line[]; lines: string[]; body: Buffer } | undefined {
  const end = output.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = output.toString('latin1', 0, end);
  const fields = head.split(/\r\n(?![ \t])/).map((text) => {
    const parts = /^([!-9;-~]+):([\s\S]*)$/.exec(text);
    return { key: parts?.[1]?.toLowerCase() ?? '', value: parts?.[2]?.replaceAll('\r\n', '').trim() ?? '' };
  });
  return { fields, lines: head.split('\r\n'), body: output.subarray(end + 4) };
}

/** RFC 5322 4.1: legal once, and kept byte for byte; not among them NUL, CR, LF, VT and FF. */
function withoutHarmlessControls(line: string): string {
  return line.replaceAll('\x07', '.').replaceAll('\x7f', '.');
}

describe('rewrite of any mail', () => {
  it('gives a header that SES takes, and the body’s bytes', () => {
    fc.assert(
      fc.property(hostileMail, ({ bytes, body: expected }) => {
        const output = forward(bytes);
        const read = readStrictly(output);
        if (read === undefined) throw new Error('the output has no header');
        const { fields, lines } = read;
        const named = (key: string) => fields.filter((line) => line.key === key);
        expect(read.body.equals(expected)).toBe(true);
        expect(lines.filter((line) => !/^[\t -~]{1,998}$/.test(withoutHarmlessControls(line)))).toEqual([]);
        expect(fields.every(({ key }) => key !== '')).toBe(true);
        expect(named('from')).toHaveLength(1);
        expect(named('from')[0]?.value).toMatch(/ <forwarder-daemon@example\.com>$/);
        expect(named('reply-to').length).toBeLessThanOrEqual(1);
        for (const key of [
          'sender',
          'return-path',
          'bcc',
          'dkim-signature',
          'feedback-id',
          'x-ses-foo',
          'delivered-to',
        ]) {
          expect(named(key)).toEqual([]);
        }
        for (const key of onceOnly) expect(named(key).length).toBeLessThanOrEqual(1);
        for (const key of ['from', 'reply-to', 'to', 'cc']) {
          for (const line of named(key))
            expect([line.value, isStrictAddressList(line.value)]).toEqual([line.value, true]);
        }
        for (const line of named('content-type')) {
          expect(line.value).toMatch(/^[\w!#$%&'*+.^`{|}~-]+\/[\w!#$%&'*+.^`{|}~-]+[ \t]*(?:;.*)?$/);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('changes only From, Reply-To and its own fields when it rewrites its own mail', () => {
    fc.assert(
      fc.property(hostileMail, ({ bytes }) => {
        const once = readStrictly(Buffer.from(forward(bytes)));
        const twice = readStrictly(forward(Buffer.from(forward(bytes))));
        const kept = (fields: readonly Line[] = []) =>
          fields
            .filter(({ key }) => !/^(?:from|reply-to|x-original-|x-aliasops-|x-auto-response-)/.test(key))
            .map(({ key, value: text }) => [key, text]);
        expect(kept(twice?.fields).sort()).toEqual(kept(once?.fields).sort());
      }),
      { numRuns: 500 },
    );
  });
});

const word = fc.string({ unit: fc.constantFrom(...'abcdeXYZ019'), minLength: 1, maxLength: 10 });
const address = fc.tuple(word, word).map(([local, domain]) => `${local}@${domain}.example`.toLowerCase());
const shownName = fc.oneof(
  word,
  fc.constantFrom('Jörg Müller', 'O"Neil \\ Sons', 'Doe, Jane', 'a@b.example', '日本語'),
);
const sane = fc.record({
  // mailparser drops a quoted name that equals its address and keeps an encoded one: it cannot witness that case.
  from: fc.tuple(shownName, address).filter(([name, mailbox]) => name !== mailbox),
  to: fc.array(address, { minLength: 1, maxLength: 70 }),
  cc: fc.array(address, { minLength: 1, maxLength: 3 }),
  subject: fc.array(fc.oneof(word, fc.constantFrom('é', 'Grüße', '€', '日本語', 'x'.repeat(1_000))), {
    minLength: 1,
  }),
  isEncoded: fc.boolean(),
  text: fc.array(fc.oneof(word, fc.constantFrom('é', '\r\n', '日本語')), { minLength: 1 }),
});

describe('rewrite, as mailparser reads it', () => {
  it('has one author in the domain and no blind copy, whatever came', async () => {
    await fc.assert(
      fc.asyncProperty(hostileMail, async ({ bytes }) => {
        const { from, bcc, replyTo } = await simpleParser(forward(bytes));
        expect(from?.value.map(({ address }) => address)).toEqual(['forwarder-daemon@example.com']);
        expect(bcc).toBeUndefined();
        expect(replyTo?.value.filter((mailbox) => !mailbox.group && !mailbox.address?.includes('@'))).toEqual(
          replyTo && [],
        );
      }),
      { numRuns: 300 },
    );
  });

  it('keeps subject, body, To and Cc, and the author in Reply-To', async () => {
    await fc.assert(
      fc.asyncProperty(sane, async ({ from: [author, sender], to, cc, subject, isEncoded, text }) => {
        const shown = isEncoded
          ? `=?utf-8?B?${Buffer.from(author).toString('base64')}?=`
          : `"${author.replace(/["\\]/g, '\\$&')}"`;
        const input = Buffer.from(
          `From: ${shown} <${sender}>\r\nTo: ${to.join(', ')}\r\nCc: ${cc.join(',\r\n\t')}\r\n` +
            `Subject: ${subject.join(' ')}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text.join(' ')}`,
        );
        const [before, after] = [await simpleParser(input), await simpleParser(forward(input))];
        expect(after.subject).toBe(subject.join(' '));
        expect(after.text).toBe(before.text);
        expect(after.to).toEqual(before.to);
        expect(after.cc).toEqual(before.cc);
        expect(after.from?.value).toEqual([
          {
            address: 'forwarder-daemon@example.com',
            name: `${author.includes('@') ? sender : `${author} (${sender})`} via info`,
          },
        ]);
        expect(after.replyTo?.value).toEqual([{ address: sender, name: author }]);
      }),
      { numRuns: 300 },
    );
  });
});
