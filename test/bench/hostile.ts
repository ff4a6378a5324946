import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HostileInput, hostileInputs } from '../hostile/inputs.ts';

/** So much processor time, which on an idle core is what it takes, and so much memory may a check of any one file take. */
const secondsLimit = 5;
const bytesLimit = 1024 ** 3;

// Each input through the command line in a process of its own: it ends as it should, in time, and never with a stack
// trace. A process prints its own usage as it ends: microseconds, and kilobytes.
const usageOf = `data:text/javascript,process.on("exit",()=>{
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  process.stderr.write("\\nused " + (userCPUTime + systemCPUTime) + " " + maxRSS + "\\n");
})`;
const failed = hostileInputs.filter((input) => !holds(input));
print(`each in ${secondsLimit} s and ${bytesLimit / 1024 ** 2} MB: ${failed.length === 0}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function holds(input: HostileInput): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    lay(folder, input);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', usageOf, 'action/src/cli.ts', 'check', folder],
      { encoding: 'utf8', maxBuffer: bytesLimit },
    );
    const [, time, memory] = /^used (\d+) (\d+)$/m.exec(stderr) ?? [];
    const seconds = Number(time) / 1_000_000;
    const peak = Number(memory) * 1024;
    const isTold = status === input.exit && !/^\s+at .*:\d+/m.test(stdout + stderr);
    print(
      `${input.title}: exit ${status}, ${seconds.toFixed(2)} s, ${(peak / 1024 ** 2).toFixed(0)} MB${isTold ? '' : ', NOT AS IT SHOULD'}`,
    );
    return isTold && seconds <= secondsLimit && peak <= bytesLimit;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lay(folder: string, { name, kind, content }: HostileInput): void {
  const path = join(folder, name);
  if (kind === 'folder') mkdirSync(path);
  else if (kind === 'link') symlinkSync('/etc/hostname', path);
  else writeFileSync(path, content());
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
