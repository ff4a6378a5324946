import { expect, test } from 'vitest';
import { eachFault, eachPair, type Fault, type Ran } from './inject.ts';
import { mailWorld } from './mailWorld.ts';

type World = ReturnType<typeof mailWorld>;
type AfterFailure = 'repeats' | 'says nothing';

const destinations: readonly [recipient: string, destination: string][] = [
  ['john@example.com', 'john@home.example'],
  ['john@example.com', 'john@work.example'],
  ['jane@soon.example', 'jane@home.example'],
];

/** A mail for an alias of two mailboxes, one at a domain that a build is about to lead elsewhere, and nobody, and an afternoon of retries. */
async function run(
  plan: readonly Fault[],
  afterFailure: AfterFailure,
  recipients: readonly string[] = ['john@example.com', 'jane@soon.example', 'nobody@example.com'],
  invocations: 1 | 2 = 1,
): Promise<Ran> {
  const world = mailWorld(plan, recipients);
  const isAnswered = await world.receive();
  if (!isAnswered) {
    // Only a killed invocation gives no answer, or one that has to keep the event and finds bucket and ledger away.
    const isKilled = plan.some(({ kind }) => kind.startsWith('killed'));
    const faulty = plan.map(({ at }) => world.faults.calls[at]);
    const isUnkept = ['bucket.keepEvent', 'ledger.open'].every((call) => faulty.includes(call));
    expect(isKilled || isUnkept, shown(plan, world)).toBe(true);
    if (afterFailure === 'repeats') await world.receive();
  }
  for (const minutes of [12, 300]) {
    const overlapping = Array.from({ length: invocations }, () => world.retryAfter(minutes));
    await Promise.all(overlapping);
  }
  const found = violations(plan, world, recipients);
  if (found.length > 0) expect(found, shown(plan, world)).toEqual([]);
  const { ledger, sent, answered, events, telemetry } = world;
  const end = [ledger.rows, sent, answered, [...events.keys()], [...telemetry.counts]];
  return { calls: world.faults.calls, end };
}

/** What must hold and does not, in words. */
function violations(
  plan: readonly Fault[],
  { faults, ledger, events, telemetry, sent, answered }: World,
  recipients: readonly string[],
): string[] {
  const rows = ledger.rows;
  const hidden = plan.filter(({ at, kind }) => hides(faults.calls[at] ?? '', kind)).length;
  if (rows.length === 0 && events.size === 0)
    return telemetry.counts.get('orphan') ? [] : ['not even an orphan'];
  const isDue = (key: string) =>
    rows.some(({ destination, state }) => destination === key && state === 'due');
  const found: string[] = [];
  for (const [recipient, destination] of destinations) {
    if (!recipients.includes(recipient)) continue;
    const copies = sent.filter((to) => to === destination).length;
    const isListed = isDue(destination) || isDue('#event') || events.size > 0;
    if (copies === 0 && !isListed) found.push(`${destination} is lost`);
    if (copies > 1 + hidden) found.push(`${destination} has ${copies} copies`);
    if (copies > 1 + (telemetry.counts.get('duplicate') ?? 0))
      found.push(`a copy for ${destination} is not counted`);
  }
  const told = answered.flat();
  if (told.some((recipient) => recipient !== 'nobody@example.com'))
    found.push('a sender is told what is not so');
  if (
    recipients.includes('nobody@example.com') &&
    told.length === 0 &&
    !isDue('#bounce') &&
    events.size === 0
  )
    found.push('a sender is not told');
  if (told.length > 1 + hidden) found.push(`a sender is told ${told.length} times`);
  return found;
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

function shown(plan: readonly Fault[], { faults }: World): string {
  return plan.map(({ at, kind }) => `${at} ${faults.calls[at]} ${kind}`).join(', ');
}

test('ends every mail well with any single fault, when SES repeats what was not answered', async () => {
  expect(await eachFault((plan) => run(plan, 'repeats'))).toBeGreaterThan(100);
});

test('ends or lists every mail with any single fault, when SES does not repeat', async () => {
  expect(await eachFault((plan) => run(plan, 'says nothing'))).toBeGreaterThan(100);
});

test('ends every mail well with any single fault, when each retry overlaps with a second one', async () => {
  expect(await eachFault((plan) => run(plan, 'repeats', undefined, 2))).toBeGreaterThan(100);
});

test.each([
  { recipients: ['john@example.com'], invocations: 1 },
  { recipients: ['nobody@example.com'], invocations: 1 },
  { recipients: ['jane@soon.example'], invocations: 1 },
  { recipients: ['john@example.com'], invocations: 2 },
] as const)(
  'ends a mail for $recipients well with any pair of faults, at $invocations retries at a time',
  async ({ recipients, invocations }) => {
    expect(await eachPair((plan) => run(plan, 'repeats', recipients, invocations))).toBeGreaterThan(10_000);
  },
);

test('lists a mail that nothing knows of', async () => {
  const world = mailWorld([{ at: 0, kind: 'killed-before' }], ['john@example.com']);
  await world.receive();
  await world.retryAfter(12);
  expect(world.telemetry.lines.join('\n')).toContain('stored and never received');
});
