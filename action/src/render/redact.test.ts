import { describe, expect, it } from 'vitest';
import { createRedact } from './redact.ts';

const redact = createRedact(new Set(['example.com', 'xn--mnchen-3ya.example']));

describe('redact', () => {
  it.each([
    ['john.doe@gmail.com', 'j•••e@g•••.com'],
    ['board@example.com', 'board@example.com'],
    ['Board@EXAMPLE.com', 'Board@EXAMPLE.com'],
    ['info@münchen.example', 'info@münchen.example'],
    ['al@m.example', '•••@m•••.example'],
    ['mail to `jane@mail.example.org`, and others.', 'mail to `j•••e@m•••.org`, and others.'],
    ['a@example.com.evil.test', '•••@e•••.test'],
    ['ann@mailbox', 'a•••n@m•••'],
    ['no address at all', 'no address at all'],
  ])('shows %j as %j', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  it('finds an address after a megabyte without one', () => {
    const noise = 'a'.repeat(1_000_000);
    expect(redact(`${noise} john.doe@gmail.com`)).toBe(`${noise} j•••e@g•••.com`);
  });

  it('finds an address right behind another', () => {
    expect(redact('john@mail.example!jane@mail.example')).not.toContain('jane');
  });
});
