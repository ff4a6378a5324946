import { groupWorld, start } from '../simulation/groupWorld.ts';
import { schedule, type Timing, timings } from '../simulation/schedule.ts';

// `group.ts [MEMBERS…]`: a mail to a large group, and 3 seconds later one to a single mailbox, through the real delivery
// code on a virtual clock, with an SES that takes so many mails a second; `simulatedSes.ts` says how long a send takes.
// Asserts for every size, rate and schedule that each copy is sent once, none is lost or given up, that the last member
// has 10 KB within 60 seconds of what the rate allows (a crowd takes 0.9 of it), and the single mailbox its mail within 5
// seconds.

const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [50, 100, 500, 2_000];
const rates = [1, 14, 50];
const small = 0.01;
const weights = [small, 10, 20];
const hours = 24;
/** Seconds. */
const lateLimit = 60;
const singleLimit = 5;
const crowdShare = 0.9;

/**
 * Seconds until the last member had it, without a queue: what did not fit in 20 seconds waited for the schedule. Infinite
 * where some never got it. By members, mails a second and megabytes.
 */
const withoutQueue: Readonly<Record<string, number>> = {
  '50 1 0.01': Number.POSITIVE_INFINITY,
  '50 14 0.01': 4,
  '50 14 10': 368,
  '50 14 20': 388,
  '500 1 0.01': Number.POSITIVE_INFINITY,
  '500 1 10': 2_180,
  '500 1 20': 979,
  '500 14 0.01': 960,
  '500 14 10': 623,
  '500 14 20': 748,
  '500 50 0.01': 9,
};

interface Setting {
  readonly members: number;
  readonly rate: number;
  readonly megabytes: number;
  readonly timing: Timing;
}

interface Found {
  readonly first: number;
  readonly median: number;
  readonly last: number;
  readonly single: number;
  readonly doubled: number;
  readonly givenUp: number;
  readonly lost: number;
  readonly lambdaSeconds: number;
  readonly requests: number;
}

async function measure({ members, rate, megabytes, timing }: Setting): Promise<Found> {
  const names = Array.from({ length: members }, (_, n) => `member${n}@home.example`);
  const jane = 'jane@home.example';
  const aliases = { 'everybody@example.com': names, 'jane@example.com': [jane] };
  const world = groupWorld({ aliases, rate, daily: 50_000, megabytes });
  const end = start + hours * 3_600_000;
  void schedule(world, timing, hours);
  void world.receive('group', ['everybody@example.com']);
  void world.time.sleep(3_000).then(() => world.receive('single', ['jane@example.com']));
  while (world.ses.taken.length <= members && world.time.now() < end)
    await world.time.runUntil(world.time.now() + 1_000);
  // Whoever sent the last one ends in this time. The rest of the day shows whether anything comes twice.
  await world.time.runUntil(world.time.now() + 20_000);
  const { seconds, requests } = world.used;
  await world.time.runUntil(end);
  const copies = Map.groupBy(world.ses.taken, ({ to }) => to);
  const at = (to: string) => ((copies.get(to)?.[0]?.at ?? Number.NaN) - start) / 1_000;
  const times = names.map(at).toSorted((a, b) => a - b);
  return {
    first: times[0] ?? Number.NaN,
    median: times[Math.floor(members / 2)] ?? Number.NaN,
    last: times.at(-1) ?? Number.NaN,
    single: at(jane) - 3,
    doubled: [...copies.values()].reduce((sum, each) => sum + each.length - 1, 0),
    givenUp: world.telemetry.counts.get('expired') ?? 0,
    lost: names.filter((name) => !copies.has(name)).length,
    lambdaSeconds: seconds,
    requests: requests / (members + 1),
  };
}

function holds({ members, rate, megabytes }: Setting, found: Found): boolean {
  const isInTime = megabytes !== small || found.last <= members / (crowdShare * rate) + lateLimit;
  return found.doubled + found.givenUp + found.lost === 0 && found.single <= singleLimit && isInTime;
}

function line(cells: readonly (string | number)[]): string {
  const shown = (cell: string | number) =>
    typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(1) : String(cell);
  return `${cells.map((cell) => shown(cell).padStart(13)).join('')}\n`;
}

const heads = [
  'members',
  'a second',
  'MB',
  'schedule',
  'first s',
  'median s',
  'last s',
  'before',
  'single s',
];
const counts = ['doubled', 'given up', 'lost', 'Lambda s', 'table calls'];
process.stdout.write(line([...heads, ...counts]));
const failures: Setting[] = [];
for (const members of sizes) {
  for (const rate of rates) {
    for (const megabytes of weights) {
      // How the schedule runs makes a difference to many calls, not to large ones.
      for (const timing of megabytes === small ? timings : (['on time'] as const)) {
        const setting = { members, rate, megabytes, timing };
        const found = await measure(setting);
        const before = withoutQueue[`${members} ${rate} ${megabytes}`];
        const told = before === undefined ? '' : Number.isFinite(before) ? before : 'never';
        const { first, median, last, single, ...rest } = found;
        const { doubled, givenUp, lost, lambdaSeconds, requests } = rest;
        process.stdout.write(
          line([
            members,
            rate,
            megabytes === small ? '10 KB' : `${megabytes} MB`,
            timing,
            first,
            median,
            last,
            told,
            single,
            doubled,
            givenUp,
            lost,
            lambdaSeconds,
            requests,
          ]),
        );
        if (!holds(setting, found)) failures.push(setting);
      }
    }
  }
}
process.stdout.write(
  failures.length === 0
    ? 'holds: each once, none lost or given up, in time\n'
    : `DOES NOT HOLD: ${JSON.stringify(failures)}\n`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
