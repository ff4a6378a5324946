import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Definition } from '../records/records.ts';
import { type Address, parseAddress, parseDestination } from '../text/address.ts';
import { createDirectory, explain, follow, lookup, resolve } from './resolve.ts';

const moment = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'] };

function define(name: string, destinations: readonly string[], more: Partial<Definition> = {}): Definition {
  const [alias = '', domain = 'example.com'] = name.split('@');
  return { domain, alias, destinations, type: 'person', active: true, ...more };
}

function address(text: string): Address {
  const { value } = parseAddress(text);
  if (value === undefined) throw new TypeError(`no address: ${text}`);
  return value;
}

const directory = createDirectory({
  definitions: [
    define('john', ['john@home.example']),
    define('john+exact', ['exact@home.example']),
    define('board', ['john', 'press@example.org', 'john@home.example']),
    define('gone', ['gone@home.example'], { active: false }),
    define('old', ['old@home.example'], { expires: '2026-11-24' }),
    define('soon', ['soon@home.example'], { expires: '2026-11-25' }),
    define('all', ['gone', 'old', 'soon', 'nowhere', 'john@example.net']),
    define('loop', ['loop', 'john']),
    define('*', ['board']),
    define('press@example.org', ['john@example.com', 'ada@home.example']),
  ],
  domains: [
    { domain: '#sync' },
    { domain: 'example.com' },
    { domain: 'example.net', aliasfor: 'example.com' },
    { domain: 'example.org' },
  ],
});

describe('lookup', () => {
  it.each([
    ['john@example.com', 'active', 'exact', 'john'],
    ['john+exact@example.com', 'active', 'exact', 'john+exact'],
    ['john+lists@example.com', 'active', 'subaddress', 'john'],
    ['john+lists@example.net', 'active', 'subaddress', 'john'],
    ['whoever@example.com', 'active', 'catch-all', '*'],
    ['gone@example.com', 'inactive', 'exact', 'gone'],
    ['gone+x@example.com', 'inactive', 'subaddress', 'gone'],
    ['old@example.com', 'inactive', 'exact', 'old'],
    ['soon@example.com', 'active', 'exact', 'soon'],
    ['whoever@example.org', 'unknown', 'none', undefined],
    ['whoever@elsewhere.example', 'unknown', 'none', undefined],
    ['mailer-daemon@example.com', 'unknown', 'none', undefined],
    ['forwarder-daemon+x@example.com', 'unknown', 'none', undefined],
  ])('%s is %s by %s', (text, status, matched, alias) => {
    const match = lookup(directory, address(text), moment);
    expect([match.status, match.matched, match.definition?.alias]).toEqual([status, matched, alias]);
  });
});

describe('explain', () => {
  it('follows references within and across domains, each mailbox once', () => {
    expect(explain(directory, address('board+x@example.net'), moment)).toEqual({
      address: 'board+x@example.net',
      status: 'active',
      matched: 'subaddress',
      path: ['board@example.com', 'john@example.com', 'press@example.org'],
      destinations: ['john@home.example', 'ada@home.example'],
    });
  });

  it('gives nobody the mail of an inactive alias', () => {
    const { status, destinations } = explain(directory, address('gone@example.com'), moment);
    expect({ status, destinations }).toEqual({ status: 'inactive', destinations: [] });
  });
});

describe('resolve', () => {
  it('skips what leads nowhere, names it, and keeps the rest', () => {
    const { destinations, skipped } = resolve(
      directory,
      define('all', ['gone', 'old', 'soon', 'nowhere', 'john@example.net']),
      moment.today,
    );
    expect(destinations).toEqual(['soon@home.example', 'john@home.example']);
    expect(skipped.map(({ reference, reason }) => [reference, reason])).toEqual([
      ['gone', 'inactive'],
      ['old', 'expired'],
      ['nowhere', 'undefined'],
    ]);
  });

  it('leaves a cycle and keeps what is beside it', () => {
    const { destinations, skipped } = resolve(directory, define('loop', ['loop', 'john']), moment.today);
    expect(destinations).toEqual(['john@home.example']);
    expect(skipped.map(({ reason }) => reason)).toEqual(['cycle']);
  });

  it('takes a reference never for the catch-all', () => {
    expect(resolve(directory, define('x', ['nowhere']), moment.today).destinations).toEqual([]);
  });

  it('visits each alias once, however many ways lead to it', () => {
    /** Two ways from each alias to the next: 2 to the power of 40 in all. */
    const diamonds = Array.from({ length: 40 }, (_, n) => [
      define(`top${n}`, [`left${n}`, `right${n}`]),
      define(`left${n}`, [`top${n + 1}`]),
      define(`right${n}`, [`top${n + 1}`]),
    ]).flat();
    const last = define('top40', ['end@home.example']);
    const made = createDirectory({ definitions: [...diamonds, last], domains: [{ domain: 'example.com' }] });
    const [top = last] = diamonds;
    let looks = 0;
    const counted = new (class extends Map<string, ReadonlyMap<string, Definition>> {
      override get(domain: string) {
        looks += 1;
        if (looks > 1_000) throw new RangeError('An alias is followed again and again.');
        return super.get(domain);
      }
    })(made.definitions);
    const { destinations, path, skipped } = resolve({ ...made, definitions: counted }, top, moment.today);
    expect(destinations).toEqual(['end@home.example']);
    expect(path).toHaveLength(121);
    expect(skipped).toEqual([]);
    // One for each reference to an alias.
    expect(looks).toBe(160);
  });

  it('ends for any tangle of references, with mailboxes only', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const tangle = fc.array(
      fc.uniqueArray(fc.constantFrom(...names, 'a@example.org', 'x@home.example', '?'), { maxLength: 5 }),
      { minLength: 5, maxLength: 5 },
    );
    fc.assert(
      fc.property(tangle, (lists) => {
        const definitions = lists.map((list, n) => define(names[n] ?? '', list));
        const found = createDirectory({ definitions, domains: [{ domain: 'example.com' }] });
        for (const definition of definitions) {
          const { destinations } = resolve(found, definition, moment.today);
          expect(destinations.every((one) => one === 'x@home.example' || one === 'a@example.org')).toBe(true);
        }
      }),
    );
  });
});

describe('follow', () => {
  it.each([
    ['john', 'alias john@example.com'],
    ['john+lists', 'alias john@example.com'],
    ['john+exact', 'alias john+exact@example.com'],
    ['nowhere', 'undefined'],
    ['john@home.example', 'mailbox john@home.example'],
    ['press@example.org', 'alias press@example.org'],
    ['john@example.net', 'alias john@example.com'],
    ['john@example.org', 'undefined'],
  ])('leads from example.com by %s to %s', (text, end) => {
    const { value } = parseDestination(text);
    if (value === undefined) throw new TypeError(`no destination: ${text}`);
    const found = follow(directory, 'example.com', value);
    const name =
      found.kind === 'alias'
        ? ` ${found.definition.alias}@${found.definition.domain}`
        : found.kind === 'mailbox'
          ? ` ${found.address}`
          : '';
    expect(`${found.kind}${name}`).toBe(end);
  });
});
