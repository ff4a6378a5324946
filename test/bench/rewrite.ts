import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type MegabyteHeader, megabyteHeaders } from '../../forwarder/src/mail/hostileMail.arbitrary.ts';
import { fakeIdentity as identity } from '../../forwarder/src/mail/identity.fake.ts';
import { headroom, openMessage } from '../../forwarder/src/mail/message.ts';
import { rewrite } from '../../forwarder/src/mail/rewrite.ts';

// The rewriter beside the npm package aws-lambda-ses-forwarder, each in a process of its own, and alone on hostile
// headers of a megabyte. Exits 1 unless it takes at most 1/50 of the peer's time on 10 MB and less than a second of
// processor time on each of those headers.

const wantedRatio = 50;
const headerLimit = 1_000;
const megabyte = 1_048_576;

const isFast = comparePeers('10 MB', 10 * megabyte, 20) >= wantedRatio;
// Printed only: the peer does far less with a header.
comparePeers('5 KB', 5_120, 2_000);
const slow = megabyteHeaders().filter((header) => processorTime(header) >= headerLimit);
print(`10 MB in at most 1/${wantedRatio} of the peer's time: ${isFast}`);
print(`each header of 1 MB in less than ${headerLimit} ms: ${slow.length === 0}`);
process.exitCode = isFast && slow.length === 0 ? 0 : 1;

/** How many times as long the peer takes. */
function comparePeers(title: string, bytes: number, rounds: number): number {
  const ours = probe('ours', bytes, rounds);
  const theirs = probe('theirs', bytes, rounds);
  const ratio = theirs.milliseconds / ours.milliseconds;
  print(
    `${title}: ours ${shown(ours)}; aws-lambda-ses-forwarder ${shown(theirs)}; time 1/${ratio.toFixed(1)}`,
  );
  return ratio;
}

interface Measured {
  /** Median of a round. */
  readonly milliseconds: number;
  /** Peak of the process. */
  readonly megabytes: number;
}

function probe(side: 'ours' | 'theirs', bytes: number, rounds: number): Measured {
  const script = join(import.meta.dirname, 'rewrite.probe.ts');
  const printed = execFileSync(process.execPath, [script, side, `${bytes}`, `${rounds}`], {
    encoding: 'utf8',
  });
  // The peer greets on the first line.
  return JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '');
}

function shown({ milliseconds, megabytes }: Measured): string {
  return `${milliseconds.toFixed(3)} ms, peak ${megabytes} MB`;
}

/** Milliseconds of processor time, which on an idle core is what it takes. */
function processorTime({ name, unit, mail }: MegabyteHeader): number {
  const buffer = Buffer.concat([Buffer.alloc(headroom), mail()]);
  const start = process.cpuUsage();
  rewrite(openMessage(buffer, headroom), identity);
  const { user, system } = process.cpuUsage(start);
  const time = (user + system) / 1_000;
  print(`1 MB of ${JSON.stringify(unit)} in ${name}: ${time.toFixed(0)} ms`);
  return time;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
