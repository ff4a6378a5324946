import { expect, it } from 'vitest';
import { createDirectory } from '../../../schema/src/directory/resolve.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { expiringSoon } from './expiring.ts';

const alias = (name: string, expires?: string, active = true): Definition => ({
  domain: 'example.com',
  alias: name,
  destinations: ['jane@home.test'],
  type: 'person',
  active,
  ...(expires === undefined ? {} : { expires }),
});

it.each<[string, readonly Definition[], string[]]>([
  ['has no date', [alias('a')], []],
  ['stopped today', [alias('a', '2026-11-24')], []],
  ['stops tomorrow', [alias('a', '2026-11-25')], ['a@example.com']],
  ['stops in thirty days', [alias('a', '2026-12-24')], ['a@example.com']],
  ['stops in thirty-one days', [alias('a', '2026-12-25')], []],
  ['is switched off anyhow', [alias('a', '2026-11-25', false)], []],
  ['has no real date', [alias('a', '2026-11-31')], []],
  [
    'stops before another',
    [alias('a', '2026-12-02'), alias('c', '2026-12-01'), alias('b', '2026-12-01')],
    ['b@example.com', 'c@example.com', 'a@example.com'],
  ],
])('judges an alias that %s', (_, definitions, expected) => {
  const directory = createDirectory({ definitions, domains: [] });
  expect(expiringSoon(directory, '2026-11-24').map(({ address }) => address)).toEqual(expected);
});
