import { describe, expect, it } from 'vitest';
import { createRedact } from './redact.ts';

const redact = createRedact(new Set(['example.com', 'xn--mnchen-3ya.example']));

describe('redact', () => {
  it.each([
    ['john.doe@gmail.com', 'j•••e@gmail.com'],
    ['john.doe@GMAIL.com', 'j•••e@gmail.com'],
    ['john.doe@home.test', 'j•••e@h•••.test'],
    ['board@example.com', 'board@example.com'],
    ['Board@EXAMPLE.com', 'Board@EXAMPLE.com'],
    ['info@münchen.example', 'info@münchen.example'],
    ['al@m.example', '•••@•••.example'],
    ['mail to `jane@mail.example.org`, and others.', 'mail to `j•••e@m•••.org`, and others.'],
    ['a@example.com.evil.test', '•••@e•••.test'],
    ['ann@mailbox', 'a•••n@m•••'],
    ['no address at all', 'no address at all'],
    ['ask @maintainers', 'ask @maintainers'],
    ['jane@home.test@sea.test', 'j•••e@h•••.test'],
    ['jane @gmail.com', 'j•••e@gmail.com'],
    ['jane @example.com', 'j•••e@e•••.com'],
    ['jane (at) home.test', 'j•••e@h•••.test'],
    ['jane[at]home.test', 'j•••e@h•••.test'],
    ['jane%40home.test', 'j•••e@h•••.test'],
    ['jane＠home.test', 'j•••e@h•••.test'],
    ['ｊａｎｅ＠ｈｏｍｅ．ｔｅｓｔ', 'ｊ•••ｅ@ｈ•••'],
    ['jane@ho_me.test', 'j•••e@h•••.test'],
  ])('shows %j as %j', (text, shown) => {
    expect(createRedact(new Set(['example.com', 'xn--mnchen-3ya.example']))(text)).toBe(shown);
  });

  it('tells two addresses apart that would look the same, however often each comes', () => {
    const shown = createRedact(new Set());
    const names = ['jane@gmail.com', 'jade@gmail.com', 'Jane@gmail.com', 'jane@home.test', 'june@gmail.com'];
    expect(names.map((name) => shown(name))).toEqual([
      'j•••e@gmail.com',
      'j•••e@gmail.com (2)',
      'j•••e@gmail.com',
      'j•••e@h•••.test',
      'j•••e@gmail.com (3)',
    ]);
  });

  it('leaves what it made as it is', () => {
    const shown = createRedact(new Set());
    const once = shown('jane@gmail.com, jade@gmail.com, al@c.test, jane@home.test');
    expect(shown(once)).toBe(once);
  });

  it('hides a private domain where it stands alone', () => {
    const shown = createRedact(new Set(['example.com']), { privateDomains: new Set(['home.test']) });
    expect(shown('home.test. would be an alias domain of example.com')).toBe(
      'h•••.test. would be an alias domain of example.com',
    );
  });

  it('finds an address after a megabyte without one', () => {
    const noise = 'a'.repeat(1_000_000);
    expect(redact(`${noise} john.doe@gmail.com`)).toBe(`${noise} j•••e@gmail.com`);
  });

  it('finds an address right behind another', () => {
    expect(redact('john@mail.example!jane@mail.example')).not.toContain('jane');
  });
});

describe('redact of what files say', () => {
  const known = { names: new Set(['board', 'example.net']), privateDomains: new Set(['home.test']) };
  const shown = () => createRedact(new Set(['example.com']), known);

  it.each([
    ['board', 'board'],
    ['Board', 'Board'],
    ['jane@gmail.com', 'j•••e@gmail.com'],
    ['jane@example.com', 'jane@example.com'],
    ['jane gmail.com', '•••'],
    ['jane(at)gmail(dot)com', '•••'],
    ['%6aane%40gmail.com', '•••'],
    ['jane.roe', '•••'],
    ['"jane roe"@gmail.com', '•••'],
    ['12345678', '•••'],
    ['home.test', 'h•••.test'],
    ['board example.net', 'board example.net'],
    ['board jane', '•••'],
    ['31.01.2027', '31.01.2027'],
    ['31.01.20271', '•••'],
  ])('shows the destination %j as %j', (text, expected) => {
    expect(shown().destination(text)).toBe(expected);
  });

  it.each([
    ['  board: { destinations: [jane gmail.com, board] }', '  board: { destinations: [•••, board] }'],
    ['      - "jane roe"@gmail.com', '      - "•••"••• (2)'],
    ['    expires: 2027-06-30 # jane.roe at home', '    expires: 2027-06-30 # •••'],
    ['    active: true', '    active: true'],
    ['    destinations: [“board”; board; “jane”]', '    destinations: [“board”; board; “•••”]'],
  ])('shows the line %j as %j', (text, expected) => {
    expect(shown().line(text)).toBe(expected);
  });

  it.each([
    [
      '`jane.roe` is not an alias of example.com. define it under `aliases:`',
      '`•••` is not an alias of example.com. define it under `aliases:`',
    ],
    [
      '`a` is at sea.test, which `_policy.yml` does not allow.',
      '`a` is at s•••.test, which `_policy.yml` does not allow.',
    ],
    ['`jane`roe gmail` is wrong', '`•••` is wrong'],
    [
      '`Jane@gmail.com` is the same as `jane@gmail.com`.',
      '`j•••e@gmail.com` is the same as `j•••e@gmail.com`.',
    ],
  ])('shows the message %j as %j', (text, expected) => {
    expect(shown().message(text, 'a.yml')).toBe(expected);
  });

  it.each([
    'a',
    '-',
    '.',
    'a.',
    '@',
    '%40',
    ' ',
    'a@',
    'a @',
    '•',
    '(',
    '`',
    '`a',
    "'",
    ': ',
    '語',
    '＠',
    'x@-',
  ])('comes to an end with a hundred thousand characters of %j', (text) => {
    const long = text.repeat(100_000 / text.length);
    for (const one of [long, `x@${long}b`, `x@y.${long}`, `${long}@x.test`, `x ${long}`]) {
      const redact = shown();
      for (const show of [redact, redact.destination, redact.line]) expect(show(one)).not.toBe('');
      expect(redact.message(one, 'a.yml')).not.toBe('');
    }
  });

  it('takes nothing for prose between the backticks of a file that has some of its own', () => {
    const message = '`jane` roe gmail `com` is not a valid destination.';
    const backticks = createRedact(new Set(), { withBackticks: new Set(['b.yml']) });
    expect(backticks.message(message, 'b.yml')).toBe('`•••` is not a valid destination.');
    expect(backticks.message(message, 'a.yml')).toContain('roe');
    expect(backticks.message('This line is indented with a tab.', 'b.yml')).toBe(
      'This line is indented with a tab.',
    );
  });

  it.each([
    ['x@ring.museum', '•••@r•••'],
    ['x@ring.co.uk', '•••@r•••.uk'],
    ['x@ring.example', '•••@r•••.example'],
  ])('shows of the domain of %j no more than %j', (text, expected) => {
    expect(shown()(text)).toBe(expected);
  });
});
