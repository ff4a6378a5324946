import { describe, expect, it } from 'vitest';
import { joinAddress } from '../../../schema/src/text/address.ts';
import { hasTooManyHops, markersOf } from './loop.ts';
import { openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';

const fieldsOf = (mail: string) => openMessage(Buffer.from(mail), 0).fields;

describe('markersOf', () => {
  it('reads what a rewritten mail says', () => {
    const alias = joinAddress('info', 'example.com');
    const identity = {
      alias,
      senderLocalPart: 'forwarder-daemon',
      messageId: 'abc-1',
      isVerified: true,
      isShared: false,
    };
    const mail = rewrite(openMessage(Buffer.from('Subject: s\n\nbody'), 0), identity);
    expect(markersOf(openMessage(mail, 0).fields)).toEqual([{ alias, messageId: 'abc-1' }]);
  });

  it.each([
    ['Info@Example.com; id=a1', [{ alias: 'info@example.com', messageId: 'a1' }]],
    ['info@example.com;\n id=a1', [{ alias: 'info@example.com', messageId: 'a1' }]],
    ['info@example.com', []],
    ['info@example.com; id=', []],
    ['info@example.com; id=a b', []],
    ['info; id=a1', []],
    [`info@example.com; id=${'a'.repeat(101)}`, []],
  ])('reads %j', (value, expected) => {
    expect(markersOf(fieldsOf(`X-Aliasops-Forwarded: ${value}\n\n`))).toEqual(expected);
  });
});

describe('hasTooManyHops', () => {
  it.each([
    [25, false],
    [26, true],
  ])('of %i Received fields: %s', (count, expected) => {
    expect(hasTooManyHops(fieldsOf(`${'Received: x\n'.repeat(count)}\nbody`))).toBe(expected);
  });
});
