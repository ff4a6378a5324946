import { describe, expect, it } from 'vitest';
import { check } from '../check.ts';
import type { Diagnostic } from '../text/diagnostic.ts';

const options = { today: '2026-11-24', reserved: [], folder: 'aliases' };

function file(name: string, text: string) {
  return { name, path: `aliases/${name}`, kind: 'file', bytes: new TextEncoder().encode(text) } as const;
}

function found(destination: string, policy = 'protected: {}\n'): readonly Diagnostic[] {
  const text = `domain: example.com\naliasDomains: [bücher.example]\naliases:\n  jane: { destinations: [${destination}] }\n`;
  return check([file('example.com.yml', text), file('_policy.yml', policy)], options).diagnostics.filter(
    ({ code }) => code === 'look-alike' || code === 'provider-typo',
  );
}

describe('a destination at a domain that looks like another', () => {
  it.each([
    ['a dotless i', 'jane@gmaıl.com', 'jane@gmail.com'],
    ['a script g', 'jane@ɡmail.com', 'jane@gmail.com'],
    ['an accent', 'jane@gmáil.com', 'jane@gmail.com'],
    ['a combining accent', 'jane@gmai\u0301l.com', 'jane@gmail.com'],
    ['a stroke', 'jane@gmaił.com', 'jane@gmail.com'],
    ['rn for m', 'jane@grnail.com', 'jane@gmail.com'],
    ['two of them', 'jane@ɡrnail.com', 'jane@gmail.com'],
    ['a Latin letter in a country of the provider', 'jane@hotmaıl.co.uk', 'jane@hotmail.co.uk'],
    ['a digit in a managed domain', 'jane@examp1e.com', 'jane@example.com'],
    ['a capital I for an l', 'jane@exampIe.com', 'jane@example.com'],
    ['a Latin letter in a managed domain', 'jane@exɑmple.com', 'jane@example.com'],
    ['an alias domain without its accent', 'jane@bucher.example', 'jane@xn--bcher-kva.example'],
    ['an alias domain with another accent', 'jane@bûcher.example', 'jane@xn--bcher-kva.example'],
  ])('is warned of: %s', (_, destination, meant) => {
    expect(found(destination)).toMatchObject([
      { code: 'look-alike', severity: 'warning', help: `did you mean \`${meant}\`?` },
    ]);
  });

  it.each([
    ['the provider itself', 'jane@gmail.com'],
    ['the provider in capitals', 'jane@GMAIL.COM'],
    ['a managed domain in capitals', 'jane@EXAMPLE.COM'],
    ['the punycode form, which hides nothing', 'jane@xn--gmal-nza.com'],
    ['an accent that imitates nothing', 'jane@mällbox.example'],
    ['Japanese letters beside Latin ones', 'jane@ジェーンmail.example'],
  ])('is not: %s', (_, destination) => {
    expect(found(destination)).toEqual([]);
  });

  it('is warned of beside a file that cannot be read', () => {
    const text = 'domain: example.com\naliases:\n  jane: { destinations: [jane@exɑmple.org] }\n';
    const files = [file('example.com.yml', text), file('example.org.yml', 'domain: [\n')];
    const { diagnostics } = check(files, options);
    expect(diagnostics.find(({ code }) => code === 'look-alike')?.help).toBe(
      'did you mean `jane@example.org`?',
    );
  });

  it('is told as a typing error where it is one letter off', () => {
    expect(found('jane@gmai1.com').map(({ code }) => code)).toEqual(['provider-typo']);
  });
});

describe('a letter of another script', () => {
  it.each([
    ['Cyrillic', 'jane@gmаil.com', 'Character 8 of `jane@gmаil.com` is the Cyrillic letter `а` (U+0430)'],
    ['Greek', 'jane@gmαil.com', 'Character 8 of `jane@gmαil.com` is the Greek letter `α` (U+03B1)'],
    ['Coptic', 'jane@ⲟutlook.com', 'Character 6 of `jane@ⲟutlook.com` is `ⲟ` (U+2C9F)'],
    ['in a word of twins', 'jane@сосо.example', 'Character 6 of `jane@сосо.example` is the Cyrillic'],
    ['in the local part too', 'jаne@gmаil.com', undefined],
  ])('is an error, named by its character and place: %s', (_, destination, message) => {
    expect(found(destination).map((one) => [one.severity, one.message.startsWith(message ?? '?')])).toEqual(
      message === undefined ? [] : [['error', true]],
    );
  });

  it('is an error in the lists of the policy', () => {
    expect(found('[]', 'domains: [exаmple.com]\nallowedDomains: [gmаil.com]\n')).toMatchObject([
      { file: 'aliases/_policy.yml', severity: 'error', start: { line: 1 } },
      { file: 'aliases/_policy.yml', severity: 'error', start: { line: 2 } },
    ]);
  });

  it('is accepted in a word that no Latin one looks like', () => {
    expect(found('jane@почта.example')).toEqual([]);
  });
});
