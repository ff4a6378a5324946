import { describe, expect, it } from 'vitest';
import type { Address } from '../../../schema/src/text/address.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import { headroom, openMessage, type RawField } from '../mail/message.ts';
import { firstForm, nextForm } from './fallbacks.ts';

const identity = {
  alias: 'info@example.com' as Address,
  senderLocalPart: 'forwarder-daemon',
  messageId: 'm1',
  isVerified: true,
  isShared: false,
};
const about = { identity: { ...identity, messageId: 'the-number' }, receivedAt: seconds(0) };

/** A mail whose header has fields that no mail has, as a fault in reading or rewriting one would make them. */
function mailWith(...fields: readonly Pick<RawField, 'name' | 'key'>[]) {
  const bytes = Buffer.from('From: Ann <ann@sender.example>\r\nSubject: Hi\r\n\r\nBODY');
  const message = openMessage(Buffer.concat([Buffer.alloc(headroom), bytes]), headroom);
  const odd = fields.map((field) => ({ ...field, value: ' x' }));
  return { message: { ...message, fields: [...message.fields, ...odd] }, size: bytes.length, isWhole: true };
}

describe('a header that cannot be written safely', () => {
  it.each([
    { what: 'nothing odd', fields: [], kind: 'whole', state: 'sent' },
    {
      what: 'a field that a mail can do without',
      fields: [{ name: 'X\nFrom', key: 'x-odd' }],
      kind: 'reduced',
      state: 'sent',
    },
    {
      what: 'a second Reply-To',
      fields: ['a', 'b'].map((key) => ({ name: 'Reply-To', key })),
      kind: 'notice',
      state: 'fallback',
    },
    {
      what: 'a field of the original itself',
      fields: [{ name: 'Odd\nFrom', key: 'odd' }],
      kind: 'bare-notice',
      state: 'fallback',
    },
  ])('of $what goes as $kind', ({ fields, kind, state }) => {
    const form = firstForm(mailWith(...fields), about);
    expect(form).toMatchObject({ kind, state });
    expect(form?.raw.toString()).toContain('forwarder-daemon@example.com');
    expect(form?.answer).toBe(kind === 'bare-notice' ? 'content' : undefined);
  });

  it('says so in a notice without the mail', () => {
    const raw = firstForm(mailWith({ name: 'Odd\nFrom', key: 'odd' }), about)?.raw.toString() ?? '';
    const text = Buffer.from(raw.split('\r\n\r\n')[1] ?? '', 'base64').toString();
    expect(text).toContain('has a header that cannot be forwarded.');
    expect(text).toContain('the-number');
  });

  it('leaves nothing to send where even the notice has one', () => {
    const alias = 'in\u200afo@example.com' as Address;
    expect(firstForm(mailWith(), { ...about, identity: { ...identity, alias } })).toBeUndefined();
  });
});

describe('a mail that cannot be rewritten', () => {
  /** Fields that cannot be read the first `faults` times. */
  const failing = (faults: number) => {
    const { message, ...mail } = mailWith();
    let left = faults;
    const fields = new Proxy(message.fields, {
      get(target, name) {
        left -= 1;
        if (left >= 0) throw new RangeError('a fault');
        return Reflect.get(target, name);
      },
    });
    return { ...mail, message: { ...message, fields } };
  };

  it('leaves nothing to send where no notice of it can be written either', () => {
    expect(firstForm(failing(Number.POSITIVE_INFINITY), about)).toBeUndefined();
  });

  it('goes as an attachment, and says what was wrong', () => {
    const form = firstForm(failing(1), about);
    expect(form).toMatchObject({ kind: 'notice', state: 'fallback', fault: 'RangeError' });
    expect(form?.raw.toString()).toContain('BODY');
  });

  it('is told of without it, to its sender too, where it cannot be attached', () => {
    const form = firstForm(failing(2), about);
    expect(form).toMatchObject({ kind: 'bare-notice', fault: 'RangeError', answer: 'content' });
  });
});

describe('what follows a form that SES refused', () => {
  it.each([
    ['whole', 'header-too-long', 'reduced'],
    ['whole', 'rejected', 'notice'],
    ['reduced', 'header-too-long', 'notice'],
    ['reduced', 'rejected', 'notice'],
    ['whole', 'attachment', 'bare-notice'],
    ['notice', 'too-large', 'bare-notice'],
    ['notice', 'unsafe-header', 'bare-notice'],
    ['notice', 'rejected', 'bare-notice'],
    ['notice', 'header-too-long', 'bare-notice'],
    ['bare-notice', 'too-large', undefined],
    ['bare-notice', 'unsafe-header', undefined],
  ] as const)('%s, %s: %s', (refused, why, kind) => {
    expect(nextForm(refused, why, mailWith(), about)?.kind).toBe(kind);
  });
});

it.each([
  ['too-large', 'is too large to be forwarded.', 'too-large'],
  ['attachment', 'has an attachment of a kind that cannot be forwarded.', 'content'],
] as const)('a notice without a mail that is refused as %s says so', (why, text, answer) => {
  const form = nextForm('whole', why, mailWith(), about);
  const body = Buffer.from(form?.raw.toString().split('\r\n\r\n')[1] ?? '', 'base64').toString();
  expect(body).toContain(text);
  expect(form?.answer).toBe(answer);
});
