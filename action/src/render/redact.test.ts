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

  it('takes linear time', () => {
    const begun = performance.now();
    redact('a'.repeat(1_000_000));
    redact('@'.repeat(1_000_000));
    redact('a@'.repeat(300_000));
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
