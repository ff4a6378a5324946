import { describe, expect, it } from 'vitest';
import { megabyteHeaders } from './hostileMail.arbitrary.ts';
import { fakeIdentity as identity } from './identity.fake.ts';
import { headroom, openMessage } from './message.ts';
import { rewrite } from './rewrite.ts';

describe('rewrite of a header of one megabyte', () => {
  it.each(megabyteHeaders())('keeps the body behind $unit in $name', ({ mail }) => {
    const buffer = Buffer.concat([Buffer.alloc(headroom), mail()]);
    const output = rewrite(openMessage(buffer, headroom), identity);
    expect(output.toString('latin1', output.length - 8)).toBe('\r\n\r\nbody');
  });
});
