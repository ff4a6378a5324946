import type { Comparison } from './compare.ts';

export interface Titled {
  readonly title: string;
  readonly bytes: Buffer;
}

/** How many mails each rule changed, the most frequent first, and the mails with a change that no rule makes. */
export async function tally(
  mails: Iterable<Titled>,
  compare: (mail: Buffer) => Promise<Comparison>,
): Promise<{ readonly rules: readonly (readonly [string, number])[]; readonly faults: readonly string[] }> {
  const counts = new Map<string, number>();
  const found: string[] = [];
  for (const { title, bytes } of mails) {
    const { rules, faults } = await compare(bytes);
    for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    if (faults.length > 0) found.push(`${title}: ${faults.join('; ')}`);
  }
  const byCount = [...counts].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
  return { rules: byCount, faults: found };
}
