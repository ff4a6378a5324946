import { describe, expect, it } from 'vitest';
import { strictAddresses } from './javaMail.ts';

describe('a list that SES takes', () => {
  it.each([
    ['a@b.example', ['a@b.example']],
    ['Ann <a@b.example>', ['a@b.example']],
    ['"Ann, of B" <a@b.example>, c@d.example', ['a@b.example', 'c@d.example']],
    ['a@b.example (Ann (of B))', ['a@b.example']],
    ['a@b.example,, c@d.example', ['a@b.example', 'c@d.example']],
    ['Board: a@b.example, c@d.example;', ['a@b.example', 'c@d.example']],
    ['undisclosed-recipients:;', []],
    ['"a b"@c.example', ['"a b"@c.example']],
    ['a@b.example <c@d.example>', ['c@d.example']],
    ['=?utf-8?q?Ann?= <a@b.example>', ['a@b.example']],
  ])('%s', (value, addresses) => {
    expect(strictAddresses(value)).toEqual({ addresses });
  });
});

describe('a list that SES refuses', () => {
  it.each([
    ['Ann', "Missing final '@domain'"],
    ['<@b.example>', 'Missing local name'],
    ['<>', 'Empty address'],
    ['Ann <a@b.example> <c@d.example>', 'Extra route-addr'],
    ['Ann <a@b.example', "Missing '>'"],
    ['"Ann <a@b.example>', `Missing '"'`],
    ['a b@c.example', 'Local address contains control or whitespace'],
    ['a..b@c.example', 'Local address contains dot-dot'],
    ['.a@c.example', 'Local address starts with dot'],
    ['a@b_c.example', 'Domain contains illegal character'],
    ['a@b c.example', 'Domain contains control or whitespace'],
    ['a@b@c.example', 'Domain contains illegal character'],
    ['a@b..example', 'Domain contains dot-dot'],
    ['a@', 'Missing domain'],
    ['a@b.example; c@d.example', 'Illegal semicolon, not in group'],
    ['One: Two: a@b.example;', 'Nested group'],
    ['\xfc@b.example', 'Local address contains illegal character'],
  ])('%s', (value, wrong) => {
    expect(strictAddresses(value)).toEqual({ wrong });
  });
});

it.each(['<', '('])('refuses a megabyte of %s', (unit) => {
  expect(strictAddresses(unit.repeat(1_000_000))).toHaveProperty('wrong');
});
