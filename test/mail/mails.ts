import fc from 'fast-check';
import { compare } from './compare.ts';
import { corpus } from './corpus/corpus.ts';
import { mutate, mutationNames } from './corpus/mutate.ts';
import { generatedMail } from './generated.ts';
import { type Titled, tally } from './tally.ts';

// `npm run mails -- [COUNT [SEED]]`: reads the whole corpus, with each of its mutations, and COUNT generated mails (40,000)
// before and after the rewriting, prints how often each rule changed something, and exits 1 where a change has no rule.

const [count = '40000', seed = '2026'] = process.argv.slice(2);
const written = corpus().flatMap(({ family, name, bytes }) => [
  { title: `${family}: ${name}`, bytes },
  ...mutationNames.map((mutation) => ({
    title: `${family}: ${name}, ${mutation}`,
    bytes: mutate(bytes, mutation),
  })),
]);
const isRight = [
  await report(`${written.length} mails of the corpus and its mutations`, written),
  await report(`${count} generated mails, seed ${seed}`, generated()),
];
process.exitCode = isRight.every(Boolean) ? 0 : 1;

/** Some hundreds at a time: fast-check remembers how to make each of them smaller. */
function* generated(): Generator<Titled> {
  const batch = 500;
  for (let first = 0; first < Number(count); first += batch) {
    const numRuns = Math.min(batch, Number(count) - first);
    const mails = fc.sample(generatedMail, { numRuns, seed: Number(seed) + first });
    yield* mails.map((bytes, index) => ({ title: `generated ${first + index}`, bytes }));
  }
}

async function report(title: string, mails: Iterable<Titled>): Promise<boolean> {
  const { rules, faults } = await tally(mails, compare);
  print(`${title}: ${faults.length} with a change that no rule makes`);
  for (const [rule, times] of rules) print(`  ${rule}: ${times}`);
  for (const fault of faults) print(`!! ${fault}`);
  return faults.length === 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
