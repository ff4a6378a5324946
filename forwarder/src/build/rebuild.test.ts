import { describe, expect, it } from 'vitest';
import type { AliasRow, Definition } from '../../../schema/src/records/records.ts';
import type { Address } from '../../../schema/src/text/address.ts';
import { seconds } from '../../../schema/src/text/time.ts';
import { type AliasWrite, rebuild } from './rebuild.ts';
import { fakeTables } from './tables.fake.ts';

const now = seconds(1_000_000);

function define(alias: string, destinations: readonly string[]): Definition {
  return { domain: 'example.com', alias, destinations, type: 'person', active: true };
}

const mailboxes = (count: number) => Array.from({ length: count }, (_, n) => `n${n}@home.example`);

function rowOf(alias: string, destination: string, bounces = 0): AliasRow {
  return {
    alias: `${alias}@example.com` as Address,
    destination: destination as Address,
    domain: 'example.com',
    updatedAt: 1,
    bounces,
  };
}

function nameOf(write: AliasWrite): string {
  return 'put' in write ? `put ${write.put.alias}` : `remove ${write.remove.alias}`;
}

/** Tables that say what is done to them, and a lease that is lost after so many renewals. */
function world(definitions: readonly Definition[], rows: readonly AliasRow[] = [], renewals = 1_000) {
  const tables = fakeTables();
  tables.hold({ definitions, domains: [{ domain: 'example.com' }] });
  for (const row of rows) tables.aliasRows.set(`${row.alias}\n${row.destination}`, row);
  const log: string[] = [];
  const left = { renewals };
  const logged = {
    ...tables,
    domains: {
      ...tables.domains,
      publish: async (domain: string) => void log.push(`publish ${domain}`),
      withdraw: async (domain: string) => void log.push(`withdraw ${domain}`),
    },
    aliases: {
      ...tables.aliases,
      write: async (batch: readonly AliasWrite[]) => {
        log.push(`${batch.length} ${nameOf(batch[0] ?? { put: rowOf('', '') })}`);
        await tables.aliases.write(batch);
      },
      setBounces: async (row: AliasRow, before: number, after: number) => {
        log.push(`count ${row.destination} ${before} ${after}`);
        return tables.aliases.setBounces(row, before, after);
      },
    },
  };
  const renew = async () => {
    left.renewals -= 1;
    if (left.renewals < 0) throw new Error('lost');
    log.push('renew');
  };
  const build = () => rebuild(logged, { now, softBounceLimit: 3, renew });
  return { tables, log, build };
}

/** How many rows are written between two renewals. */
function stretches(log: readonly string[]): number[] {
  const counts: number[] = [];
  for (const line of log) {
    if (line === 'renew') counts.push(0);
    else if (/^\d/.test(line)) counts.push((counts.pop() ?? 0) + Number.parseInt(line, 10));
  }
  return counts;
}

describe('a rebuild', () => {
  it.each([
    [0, [0]],
    [1, [0, 1]],
    [2_500, [0, 2_500]],
    [2_501, [0, 2_500, 1]],
    [5_001, [0, 2_500, 2_500, 1]],
  ])('renews its lease before each 2,500 of %i rows', async (count, expected) => {
    const definition = define('all', mailboxes(count));
    const coming = world([{ ...definition, active: count > 0 }]);
    await coming.build();
    expect(stretches(coming.log)).toEqual(expected);
    expect(coming.tables.aliasRows.size).toBe(count);
    const going = world(
      [define('other', [])],
      mailboxes(count).map((destination) => rowOf('all', destination)),
    );
    await going.build();
    expect(stretches(going.log)).toEqual(expected);
    expect(going.tables.aliasRows.size).toBe(0);
  });

  it.each([
    ['nothing', 0, 0],
    ['nothing', 1, 0],
    ['2,500 rows', 2, 2_500],
  ])('writes %s where its lease is lost after %i renewals', async (_, renewals, count) => {
    const { tables, build } = world([define('all', mailboxes(2_501))], [], renewals);
    await expect(build()).rejects.toThrow('lost');
    expect(tables.aliasRows.size).toBe(count);
  });

  it('writes 25 rows at once', async () => {
    const { log, build } = world([define('all', mailboxes(51))]);
    await build();
    expect(log.filter((line) => line.includes('put'))).toEqual([
      '25 put all@example.com',
      '25 put all@example.com',
      '1 put all@example.com',
    ]);
  });

  it('writes what comes, counts bounces, then takes away what goes', async () => {
    const bounced = rowOf('stays', 'stays@home.example');
    const { tables, log, build } = world(
      [
        define('*', ['all@home.example']),
        define('a', ['a@home.example']),
        define('a+x', ['x@home.example']),
        define('stays', ['stays@home.example']),
      ],
      [bounced, rowOf('b+x', 'x@home.example'), rowOf('b', 'b@home.example'), rowOf('*', 'old@home.example')],
    );
    tables.bounceRows.push({
      destination: 'stays@home.example',
      createdAt: now,
      type: 'bounce',
      bounceType: 'Permanent',
    });
    await build();
    expect(log).toEqual([
      'renew',
      ...['renew', '1 put a+x@example.com', 'renew', '1 put a@example.com', 'renew', '1 put *@example.com'],
      'count stays@home.example 0 1',
      ...['renew', '1 remove *@example.com', 'renew', '1 remove b@example.com'],
      ...['renew', '1 remove b+x@example.com'],
      'publish example.com',
    ]);
  });
});

describe('a rebuild while a sync writes', () => {
  const soft = {
    destination: 'a@home.example',
    createdAt: now,
    type: 'bounce',
    bounceType: 'Transient',
    status: '4.2.2',
  } as const;
  const hard = { ...soft, bounceType: 'Permanent', status: '5.1.1' };

  it.each([
    ['a bounce', 0, [hard], ['count a@home.example 0 1']],
    ['two bounces', 0, [hard, hard], ['count a@home.example 0 2']],
    ['the end of bounces', 2, [{ ...hard, validUntil: now }], ['count a@home.example 2 0']],
    ['nothing where nothing changed', 1, [hard], []],
    ['no soft bounce below the limit', 0, [soft, soft], []],
    ['soft bounces from the limit on', 0, [soft, soft, soft], ['count a@home.example 0 3']],
    ['no bounce of another destination', 0, [{ ...hard, destination: 'b@home.example' }], []],
  ])('counts %s, and writes nothing else', async (_, bounces, reported, expected) => {
    const rows = [rowOf('a', 'a@home.example', bounces), rowOf('gone', 'gone@home.example')];
    const { tables, log, build } = world([define('new', ['new@home.example'])], rows);
    tables.setGate({ state: 'open', number: 1, run: '', at: 0 });
    tables.bounceRows.push(...reported);
    const built = await build();
    expect(log).toEqual(expected);
    expect(built).toMatchObject({ kind: 'gated', recounts: expected.map(() => ({ row: rows[0] })) });
  });

  it('leaves a row that was counted meanwhile', async () => {
    const { tables, build } = world([define('a', ['a@home.example'])], [rowOf('a', 'a@home.example', 1)]);
    tables.setGate({ state: 'open', number: 1, run: '', at: 0 });
    const { readAll } = tables.bounces;
    tables.bounces.readAll = async () => {
      const rows = await readAll();
      tables.aliasRows.set('a@example.com\na@home.example', rowOf('a', 'a@home.example', 5));
      return rows;
    };
    await build();
    expect([...tables.aliasRows.values()]).toMatchObject([{ bounces: 5 }]);
  });
});
