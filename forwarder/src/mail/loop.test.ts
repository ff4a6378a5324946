import { expect, it } from 'vitest';
import { joinAddress } from '../../../schema/src/text/address.ts';
import { isLoop } from './loop.ts';
import { openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';

const alias = joinAddress('info', 'example.com');
const open = (mail: string) => openMessage(Buffer.from(mail), 0);

it('knows a mail that was forwarded for the same alias, and no other', () => {
  const forwarded = rewrite(open('Subject: s\n\nbody'), { alias, senderLocalPart: 'forwarder-daemon' });
  expect(isLoop(openMessage(forwarded, 0), alias)).toBe(true);
  expect(isLoop(openMessage(forwarded, 0), joinAddress('board', 'example.com'))).toBe(false);
});

it.each([
  [25, false],
  [26, true],
])('takes a mail with %i Received fields for a loop: %s', (count, expected) => {
  expect(isLoop(open(`${'Received: x\n'.repeat(count)}\nbody`), alias)).toBe(expected);
});
