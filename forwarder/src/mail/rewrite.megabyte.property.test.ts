import { describe, expect, it } from 'vitest';
import { joinAddress } from '../../../schema/src/text/address.ts';
import { megabyteHeaders } from './hostileMail.arbitrary.ts';
import { headroom, openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';

const identity = {
  alias: joinAddress('info', 'example.com'),
  senderLocalPart: 'forwarder-daemon',
  messageId: 'm1',
  isVerified: true,
  isShared: false,
};

describe('rewrite of a header of one megabyte', () => {
  it.each(megabyteHeaders())('keeps the body behind $unit in $name', ({ mail }) => {
    const buffer = Buffer.concat([Buffer.alloc(headroom), mail()]);
    const output = rewrite(openMessage(buffer, headroom), identity);
    expect(output.toString('latin1', output.length - 8)).toBe('\r\n\r\nbody');
  });
});
