import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compare } from './compare.ts';
import { corpus } from './corpus/corpus.ts';
import { mutate, mutationNames } from './corpus/mutate.ts';
import { generatedMail } from './generated.ts';
import { tally } from './tally.ts';

// All mutations of all mails, and 40,000 generated ones, are read by `npm run mails`.

const samples = corpus().map(({ family, name, bytes }) => ({ title: `${family}: ${name}`, bytes }));

it('has many mails, each of its own', () => {
  expect(samples.length).toBeGreaterThan(400);
  expect(new Set(samples.map(({ title }) => title)).size).toBe(samples.length);
  expect(new Set(samples.map(({ bytes }) => bytes.toString('latin1'))).size).toBe(samples.length);
});

it('reads each mail of the corpus as before, but for what a rule changes', async () => {
  const { rules, faults } = await tally(samples, compare);
  expect(faults).toEqual([]);
  const lines = rules.map(([rule, times]) => `${times}  ${rule}\n`);
  await expect(lines.join('')).toMatchFileSnapshot('golden/rules.txt');
});

it('reads each mail as before after a mutation', async () => {
  const mutated = samples.map(({ title, bytes }, index) => {
    const mutation = mutationNames[index % mutationNames.length] ?? '';
    return { title: `${title}, ${mutation}`, bytes: mutate(bytes, mutation) };
  });
  expect((await tally(mutated, compare)).faults).toEqual([]);
});

it('reads generated mails as before', async () => {
  await fc.assert(
    fc.asyncProperty(generatedMail, async (mail) => {
      expect((await compare(mail)).faults).toEqual([]);
    }),
    // The same each time: what is rare among other mails is found by `npm run mails -- COUNT SEED`.
    { numRuns: 300, seed: 1 },
  );
});
