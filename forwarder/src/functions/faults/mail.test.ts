import { expect, test } from 'vitest';
import type { Fault } from './inject.ts';
import { mailWorld } from './mailWorld.ts';
import { eachFault, eachPair } from './plans.ts';

type AfterFailure = 'repeats' | 'says nothing';

/** A mail for an alias of two mailboxes, an alias that is not built yet, and nobody, and an afternoon of retries. */
async function run(plan: readonly Fault[], afterFailure: AfterFailure): Promise<number> {
  const recipients = ['john@example.com', 'soon@example.com', 'nobody@example.com'];
  const world = mailWorld(plan, recipients);
  const isAnswered = await world.receive();
  if (!isAnswered) {
    // Two faults cannot stop the tables, the bucket and the ledger: only a killed invocation gives no answer.
    expect(
      plan.some(({ kind }) => kind.startsWith('killed')),
      shown(plan, world),
    ).toBe(true);
    if (afterFailure === 'repeats') await world.receive();
  }
  for (const minutes of [12, 40, 120, 300]) await world.retryAfter(minutes);
  check(plan, world);
  return world.faults.calls.length;
}

function check(plan: readonly Fault[], world: ReturnType<typeof mailWorld>): void {
  const context = shown(plan, world);
  const hidden = plan.filter(({ at, kind }) => hides(world.faults.calls[at] ?? '', kind)).length;
  if (world.ledger.rows.length === 0 && world.events.size === 0) {
    expect(world.telemetry.counts.get('orphan'), context).toBeGreaterThan(0);
    return;
  }
  const open = world.ledger.rows.filter(({ state }) => state === 'due');
  for (const destination of ['john@home.example', 'john@work.example', 'soon@home.example']) {
    const copies = world.sent.filter((to) => to === destination).length;
    const row = world.ledger.rows.find((candidate) => candidate.destination === destination);
    const isListed = row?.state === 'due' || world.events.size > 0;
    const isUnrouted = row === undefined && !isListed;
    // Killed between the rows and the rest, with an SES that never repeats: what has rows is served.
    expect(copies > 0 || isListed || (isUnrouted && wasKilled(plan)), `${destination} ${context}`).toBe(true);
    expect(copies, `${destination} ${context}`).toBeLessThanOrEqual(1 + hidden);
    if (copies > 1)
      expect(world.telemetry.counts.get('duplicate'), context).toBeGreaterThanOrEqual(copies - 1);
  }
  const told = world.answered.flat();
  expect(new Set(told), context).toEqual(new Set(told.length === 0 ? [] : ['nobody@example.com']));
  expect(told.length, context).toBeLessThanOrEqual(1 + hidden);
  expect(open.length === 0 || plan.length > 0, context).toBe(true);
}

/** Faults behind which a mail may have been taken, or a mark lost. */
function hides(call: string, kind: string): boolean {
  return (
    kind.startsWith('killed') ||
    call === 'ledger.close' ||
    call === 'ledger.told' ||
    call === 'ledger.note' ||
    (kind === 'timed-out' && (call === 'sender.send' || call === 'bouncer.bounce'))
  );
}

function wasKilled(plan: readonly Fault[]): boolean {
  return plan.some(({ kind }) => kind.startsWith('killed'));
}

function shown(plan: readonly Fault[], { faults }: ReturnType<typeof mailWorld>): string {
  return plan.map(({ at, kind }) => `${at} ${faults.calls[at]} ${kind}`).join(', ');
}

test('ends every mail well with any single fault, when SES repeats what was not answered', async () => {
  expect(await eachFault((plan) => run(plan, 'repeats'))).toBeGreaterThan(100);
});

test('ends or lists every mail with any single fault, when SES does not repeat', async () => {
  expect(await eachFault((plan) => run(plan, 'says nothing'))).toBeGreaterThan(100);
});

test('ends every mail well with any pair of faults', { timeout: 120_000 }, async () => {
  expect(await eachPair((plan) => run(plan, 'repeats'))).toBeGreaterThan(1_000);
});

test('lists a mail that nothing knows of', async () => {
  const world = mailWorld([{ at: 0, kind: 'killed-before' }], ['john@example.com']);
  await world.receive();
  await world.retryAfter(12);
  expect(world.telemetry.lines.join('\n')).toContain('stored and never received');
});
