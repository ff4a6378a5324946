export interface Recipe {
  readonly title: string;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'edit';
      readonly path: string;
      readonly where: 'after' | 'before' | 'in place of';
      /** A part of the one line that is meant; `in place of`: what is replaced. */
      readonly anchor: string;
      readonly text: string;
    }
  | { readonly kind: 'run'; readonly lines: readonly string[]; readonly prints?: string };

/**
 * Reads the recipes of a Markdown file: a section of the second level each. A fenced block is a step, and the sentence
 * above it says which: "In `PATH`, after|before|in place of `TEXT`:", "Write `PATH`:" or "Run…:"; "It prints:" belongs
 * to the run before it. A block with any other sentence above it is an error, so that no step is passed over.
 */
export function readRecipes(markdown: string): Recipe[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => ({ title: section.slice(0, section.indexOf('\n')), steps: stepsOf(section) }));
}

const block = /((?:.+\n)+)\n^(`{3,})\w+\n([\s\S]*?)^\2$/gm;
const edit = /\bIn `([^`]+)`, (after|before|in place of) (`+) ?(.+?) ?\3:$/;
const write = /\bWrite `([^`]+)`:$/;

function stepsOf(section: string): Step[] {
  const steps: Step[] = [];
  for (const [, above = '', , text = ''] of section.matchAll(block)) {
    const sentence = above.trim().replaceAll('\n', ' ');
    const [, path = '', where = '', , anchor = ''] = edit.exec(sentence) ?? [];
    const [, written] = write.exec(sentence) ?? [];
    const last = steps.at(-1);
    if (where === 'after' || where === 'before' || where === 'in place of') {
      steps.push({ kind: 'edit', path, where, anchor, text });
    } else if (written !== undefined) {
      steps.push({ kind: 'write', path: written, text });
    } else if (sentence === 'It prints:' && last?.kind === 'run') {
      steps[steps.length - 1] = { ...last, prints: text };
    } else if (/^Run\b.*:$/.test(sentence)) {
      steps.push({ kind: 'run', lines: text.trim().split('\n') });
    } else {
      throw new Error(`A recipe has a block that is no step: ${sentence}`);
    }
  }
  return steps;
}
