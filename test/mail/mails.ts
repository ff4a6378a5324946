import fc from 'fast-check';
import { compare } from './compare.ts';
import { corpus } from './corpus/corpus.ts';
import { mutate, mutationNames } from './corpus/mutate.ts';
import { generatedMail } from './generated.ts';
import { tally } from './tally.ts';

// `npm run mails [COUNT [SEED]]`: reads the whole corpus, with each of its mutations, and COUNT generated mails (40,000)
// before and after the rewriting, prints how often each rule changed something, and exits 1 where a change has no rule.

const [count = '40000', seed = '2026'] = process.argv.slice(2);
const written = corpus().flatMap(({ family, name, bytes }) => [
  { title: `${family}: ${name}`, bytes },
  ...mutationNames.map((mutation) => ({
    title: `${family}: ${name}, ${mutation}`,
    bytes: mutate(bytes, mutation),
  })),
]);
const generated = fc
  .sample(generatedMail, { numRuns: Number(count), seed: Number(seed) })
  .map((bytes, index) => ({ title: `generated ${index}, seed ${seed}`, bytes }));

const isRight = [
  await report(`${written.length} mails of the corpus and its mutations`, written),
  await report(`${generated.length} generated mails`, generated),
];
process.exitCode = isRight.every(Boolean) ? 0 : 1;

async function report(title: string, mails: readonly { title: string; bytes: Buffer }[]): Promise<boolean> {
  const { rules, faults } = await tally(mails, compare);
  print(`${title}: ${faults.length} with a change that no rule makes`);
  for (const [rule, times] of rules) print(`  ${rule}: ${times}`);
  for (const fault of faults) print(`!! ${fault}`);
  return faults.length === 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
