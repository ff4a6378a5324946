import { describe, expect, it } from 'vitest';
import { headerBytes, isSafeField, readsAs, UnsafeHeader, writeHeader } from './headerBytes.ts';

describe('isSafeField', () => {
  it.each([
    ['text', 'Subject: one', true],
    ['a tab', 'Subject:\tone', true],
    ['nothing', 'Subject:', true],
    ['a fold before a space', 'Subject:\r\n one', true],
    ['a fold before a tab', 'Subject: one\r\n\ttwo', true],
    ['no name', ': one', false],
    ['no colon', 'Subject', false],
    ['a space in the name', 'Sub ject: one', false],
    ['a fold before a colon', 'Subject\r\n : one', false],
    ['a second field', 'Subject: one\r\nFrom: x', false],
    ['a bare LF', 'Subject: one\n two', false],
    ['a bare CR', 'Subject: one\r two', false],
    ['CR CR LF', 'Subject: one\r\r\n two', false],
    ['a blank line', 'Subject: one\r\n \r\n two', false],
    ['a blank last line', 'Subject: one\r\n ', false],
    ['a last line break', 'Subject: one\r\n', false],
    ['NUL', 'Subject: \0', false],
    ['a vertical tab', 'Subject: \v', false],
    ['DEL', 'Subject: \x7f', false],
    ['an 8-bit byte', 'Subject: \xe9', false],
    ['a no-break space', 'Subject: \xa0', false],
    ['a hair space, whose low byte is LF', 'Subject: \u200a', false],
    ['a character whose low byte is a letter', 'Subject: \u0141', false],
    ['a line of 998', `S: ${'x'.repeat(995)}`, true],
    ['a line of 999', `S: ${'x'.repeat(996)}`, false],
    ['a folded line of 999', `S: x\r\n ${'x'.repeat(998)}`, false],
  ])('judges %s', (_, field, expected) => {
    expect(isSafeField(field)).toBe(expected);
  });
});

describe('headerBytes', () => {
  it('writes each field on its line, and the empty line', () => {
    expect(headerBytes(['A: b', 'C: d\r\n e']).toString()).toBe('A: b\r\nC: d\r\n e\r\n\r\n');
    expect(headerBytes([]).toString()).toBe('\r\n');
  });

  it('refuses all for one field that is not safe, and does not quote it', () => {
    expect(() => headerBytes(['A: b', 'Secret: \u200a'])).toThrow(UnsafeHeader);
    expect(() => headerBytes(['Secret: \u200a'])).not.toThrow(/Secret|\u200a/);
  });
});

describe('writeHeader', () => {
  const header = { from: 'a@b.example', replyTo: [] };

  it('gives the bytes of a header that says what it is meant to', () => {
    expect(writeHeader({ ...header, fields: ['From: a@b.example'] }).toString()).toBe(
      'From: a@b.example\r\n\r\n',
    );
  });

  it('refuses one that says something else', () => {
    expect(() => writeHeader({ ...header, fields: ['From: other@b.example'] })).toThrow(UnsafeHeader);
  });
});

describe('readsAs', () => {
  const from = 'From: "Ann via info" <a@b.example>';
  const meant = {
    fields: [from, 'Reply-To: c@d.example', 'Subject: one\r\n two'],
    from: 'a@b.example',
    replyTo: ['c@d.example'],
  };
  const written = `${meant.fields.join('\r\n')}\r\n\r\n`;

  it('takes a header that says what was meant', () => {
    expect(readsAs(Buffer.from(written), meant)).toBe(true);
  });

  it.each([
    ['a field more', written.replace('Subject', 'X: y\r\nSubject')],
    ['a field less', written.replace('Reply-To: c@d.example\r\n', '')],
    ['another name', written.replace('Subject', 'Comments')],
    ['another value', written.replace('two', 'three')],
    ['a line feed in a value', written.replace('one', 'one\nX: y')],
    ['a carriage return in a value', written.replace('one', 'one\rX: y')],
    ['an end within it', written.replace('one\r\n', 'one\r\n\r\n')],
    ['no empty line', written.slice(0, -2)],
    ['no end', written.slice(0, -4)],
    ['a first line that continues nothing', ` x\r\n${written}`],
  ])('refuses bytes with %s', (_, bytes) => {
    expect(readsAs(Buffer.from(bytes, 'latin1'), meant)).toBe(false);
  });

  it.each([
    ['a field twice that may appear once', ['Subject: a', 'Subject: b']],
    ['a field twice in another case', ['subject: a', 'SUBJECT: a']],
    ['a second From', ['From: a@b.example']],
    ['a second Reply-To', ['Reply-To: c@d.example']],
    ['a Sender', ['Sender: a@b.example']],
    ['a blind copy', ['Bcc: a@b.example']],
    ['a command to SES', ['X-SES-CONFIGURATION-SET: x']],
  ])('refuses a header that was meant to have %s', (_, fields) => {
    const all = [...meant.fields.slice(0, 2), ...fields];
    expect(readsAs(Buffer.from(`${all.join('\r\n')}\r\n\r\n`), { ...meant, fields: all })).toBe(false);
  });

  it.each([
    ['an address', 'a@b.example', ['a@b.example']],
    ['a name', 'Ann Lee <a@b.example>', ['a@b.example']],
    ['an address in a name', '"x@y.example" <a@b.example>', ['a@b.example']],
    ['an escaped quote in a name', '"x\\" <y@y.example>" <a@b.example>', ['a@b.example']],
    ['a comment', 'a@b.example (x@y.example)', ['a@b.example']],
    ['a comment first', '(x@y.example)a@b.example', ['a@b.example']],
    ['a quoted local part', '"a b,c"@d.example', ['"a b,c"@d.example']],
    ['one quoted in another way', '"\\a"@d.example', ['"a"@d.example']],
    ['a literal', 'a@[IPv6:2001:db8::1]', ['a@[IPv6:2001:db8::1]']],
    ['a list', 'Ann <a@b.example>, c@d.example', ['a@b.example', 'c@d.example']],
    ['a group', 'Board: a@b.example, c@d.example;', ['a@b.example', 'c@d.example']],
    ['a folded list', '<a@b.example>,\r\n\t<c@d.example>', ['a@b.example', 'c@d.example']],
  ])('reads %s in Reply-To', (_, value, replyTo) => {
    const reads = (addresses: readonly string[]) => {
      const fields = [from, `Reply-To: ${value}`];
      const header = { fields, from: 'a@b.example', replyTo: addresses };
      return readsAs(Buffer.from(`${fields.join('\r\n')}\r\n\r\n`), header);
    };
    expect(reads(replyTo)).toBe(true);
    expect(reads([])).toBe(false);
    expect(reads([...replyTo, 'more@b.example'])).toBe(false);
    expect(reads(replyTo.map((address) => `x${address}`))).toBe(false);
  });

  it('refuses a From with another address, none or two', () => {
    for (const value of ['x@b.example', 'Ann', 'a@b.example, a@b.example', '"open <a@b.example>']) {
      const fields = [`From: ${value}`];
      expect(readsAs(Buffer.from(`${fields[0]}\r\n\r\n`), { fields, from: 'a@b.example', replyTo: [] })).toBe(
        false,
      );
    }
  });
});
