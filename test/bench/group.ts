import { groupWorld, start } from '../simulation/groupWorld.ts';
import { schedule, type Timing } from '../simulation/schedule.ts';

// `group.ts [MEMBERS]`: a mail to a large group, and 3 seconds later one to a single mailbox, through the real
// delivery code on a virtual clock, with an SES that takes so many mails a second. Asserts for every size, rate and
// schedule that each copy is sent once, none is lost or given up, that 10 KB reach the last member within 60 seconds of
// what the rate allows, and the single mail its mailbox within 5 seconds.

const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [50, 100, 500, 2_000];
const rates = [1, 14, 50];
const weights = [0.01, 10, 20];
const lateLimit = 60;
const singleLimit = 5;

interface Row {
  readonly members: number;
  readonly rate: number;
  readonly megabytes: number;
  readonly timing: Timing;
}

async function measure({ members, rate, megabytes, timing }: Row) {
  const names = Array.from({ length: members }, (_, n) => `member${n}@home.example`);
  const world = groupWorld({
    aliases: { 'everybody@example.com': names, 'jane@example.com': ['jane@home.example'] },
    rate,
    daily: 50_000,
    megabytes,
  });
  const hours = timing === 'on time' ? 4 : 24;
  void schedule(world, timing, hours);
  void world.receive('group', ['everybody@example.com']);
  const beside = world.time.sleep(3_000).then(() => world.receive('single', ['jane@example.com']));
  await world.time.runUntil(start + hours * 3_600_000);
  await beside;
  const at = (to: string) => (world.ses.taken.find((copy) => copy.to === to)?.at ?? Number.NaN) - start;
  const copies = Map.groupBy(world.ses.taken, ({ to }) => to);
  const times = names.map(at).toSorted((a, b) => a - b);
  const open = world.ledger.rows.filter(({ state }) => state === 'due').length;
  return {
    first: (times[0] ?? Number.NaN) / 1_000,
    median: (times[Math.floor(members / 2)] ?? Number.NaN) / 1_000,
    last: (times.at(-1) ?? Number.NaN) / 1_000,
    single: (at('jane@home.example') - 3_000) / 1_000,
    doubled: [...copies.values()].reduce((sum, each) => sum + each.length - 1, 0),
    givenUp: world.telemetry.counts.get('expired') ?? 0,
    lost: names.filter((name) => !copies.has(name)).length,
    open,
    seconds: world.used.seconds,
    requests: world.used.requests / (members + 1),
    throttled: world.ses.counts.throttled,
    killed: world.used.killed,
  };
}

const heads = [
  'members',
  'a second',
  'MB',
  'schedule',
  'first',
  'median',
  'last',
  'single',
  'doubled',
  'given up',
  'lost',
  'Lambda s',
  'requests',
  'throttled',
];
const line = (cells: readonly (string | number)[]) =>
  `${cells.map((cell) => String(typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(1) : cell).padStart(9)).join(' ')}\n`;
process.stdout.write(line(heads));
const failures: string[] = [];
for (const members of sizes) {
  for (const rate of rates) {
    for (const megabytes of weights) {
      for (const timing of megabytes === 0.01
        ? (['on time', 'doubled', 'late'] as const)
        : (['on time'] as const)) {
        const row = { members, rate, megabytes, timing };
        const found = await measure(row);
        const { first, median, last, single, doubled, givenUp, lost, seconds, requests, throttled } = found;
        process.stdout.write(
          line([
            members,
            rate,
            megabytes === 0.01 ? '10 KB' : `${megabytes} MB`,
            timing,
            first,
            median,
            last,
            single,
            doubled,
            givenUp,
            lost,
            seconds,
            requests,
            throttled,
          ]),
        );
        const isLate = megabytes === 0.01 && last > members / rate + lateLimit + (members / rate) * 0.12;
        if (doubled + givenUp + lost + found.open > 0 || single > singleLimit || isLate)
          failures.push(line([members, rate, megabytes, timing]));
      }
    }
  }
}
process.stdout.write(
  failures.length === 0
    ? 'holds: each once, none lost or given up, in time\n'
    : `DOES NOT HOLD for\n${failures.join('')}`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
