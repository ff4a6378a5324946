import { createRedact } from '../../action/src/render/redact.ts';
import { strictAddresses } from '../../forwarder/local/ses/javaMail.ts';

// What reads text of strangers, on a megabyte of what a careless expression takes minutes for. Exits 1 unless each takes
// less than half a second of processor time.

const limit = 500;
const redact = createRedact(new Set(['example.com']));
const readers = { redact, strictAddresses };
const units = ['a', '@', 'a@', '<', '(', ','];

let slow = 0;
for (const [name, read] of Object.entries(readers)) {
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const start = process.cpuUsage();
    read(text);
    const milliseconds = process.cpuUsage(start).user / 1_000;
    if (milliseconds >= limit) slow += 1;
    process.stdout.write(`${name} of 1 MB of ${unit}: ${milliseconds.toFixed(0)} ms\n`);
  }
}
process.stdout.write(`each in less than ${limit} ms: ${slow === 0}\n`);
process.exitCode = slow === 0 ? 0 : 1;
