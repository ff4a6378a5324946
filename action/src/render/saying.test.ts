import { describe, expect, it } from 'vitest';
import type { Language } from '../../../schema/src/messages/message.ts';
import { meaningOf } from '../meaning/changeMeaning.ts';
import { liveMarkdown } from './afterMerge.ts';
import { compared, type GoldenCase, goldenCases, goldenText, moment, said } from './goldenCase.fake.ts';

const titles = {
  comment: { en: 'The comment', fr: 'Le commentaire' },
  suggestions: { en: 'The suggestions', fr: 'Les suggestions' },
  live: { en: 'After the merge', fr: 'Après la fusion' },
} as const;

const pages = {
  page: compared.page,
  run: `${compared.page}/actions/runs/1`,
  syncPage: `${compared.page}/actions/workflows/sync.yml`,
  sha: compared.head,
};

/** A change: the comment on it, and what is said once it is live, whatever somebody had to allow. */
async function changeSections(one: GoldenCase, language: Language): Promise<[string, string][]> {
  const { saying } = await said(one, language);
  const { reviewed, redact } = await said(one, language, true);
  if (reviewed.review === undefined) throw new Error(saying.comment);
  const { plan } = reviewed.review;
  const result = { review: reviewed.review, held: new Map(), written: plan.changes, liveAfterMs: 8_400 };
  const merged = { language, meaning: meaningOf(plan, moment), at: new Date('2026-11-24T12:04:30Z') };
  return [
    [titles.comment[language], saying.comment],
    [titles.live[language], liveMarkdown(result, merged, pages, redact)],
  ];
}

async function mistakeSections(one: GoldenCase, language: Language): Promise<[string, string][]> {
  const { saying } = await said(one, language);
  const bodies = saying.suggestions.map(({ file, firstLine, lastLine, body }) => {
    const lines = firstLine === lastLine ? `${firstLine}` : `${firstLine}–${lastLine}`;
    return `\`${file}\`, ${lines}:\n\n${body}\n`;
  });
  const suggested: [string, string][] = [[titles.suggestions[language], bodies.join('\n')]];
  return [[titles.comment[language], saying.comment], ...(bodies.length === 0 ? [] : suggested)];
}

describe('what is said on a pull request', () => {
  it.each(
    [['changes', changeSections] as const, ['mistakes', mistakeSections] as const].flatMap(
      ([folder, sections]) => goldenCases(folder).map((one) => ({ folder, name: one.name, one, sections })),
    ),
  )('is golden/$folder/$name.md', async ({ folder, name, one, sections }) => {
    const all = await Promise.all(one.languages.map((language) => sections(one, language)));
    const text = goldenText(one, new Map(all.flat()));
    await expect(text).toMatchFileSnapshot(`golden/${folder}/${name}.md`);
  });
});
