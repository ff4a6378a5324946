import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, type SourceFile } from './check.ts';
import { rules } from './rules/all.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };

interface Entry {
  readonly code: string;
  readonly examples: readonly string[];
}

const entries: Entry[] = readme
  .split(/^### /m)
  .slice(1)
  .map((part) => ({
    code: /^`([a-z-]+)`/.exec(part)?.[1] ?? '',
    examples: [...part.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? ''),
  }));

/** `# in NAME` says which file the lines after it are of. */
function filesOf(example: string): SourceFile[] {
  const parts = example.startsWith('# in ')
    ? example.split(/^# in /m).slice(1)
    : [`example.com.yml\n${example}`];
  return parts.map((part) => {
    const name = part.slice(0, part.indexOf('\n'));
    const bytes = new TextEncoder().encode(part.slice(part.indexOf('\n') + 1));
    return { name, path: `aliases/${name}`, kind: 'file', bytes };
  });
}

function codesOf(example: string): string[] {
  return check(filesOf(example), options).diagnostics.map((one) => one.code);
}

describe('schema/README.md', () => {
  it('has an entry for each rule', () => {
    expect(entries.map(({ code }) => code)).toEqual(expect.arrayContaining(rules.map(({ code }) => code)));
  });

  it.each(entries.filter(({ examples }) => examples.length > 0))(
    'shows $code, and how to mend it',
    ({ code, examples }) => {
      const [wrong = '', mended = ''] = examples;
      expect(codesOf(wrong)).toContain(code);
      expect(codesOf(mended)).not.toContain(code);
    },
  );

  it('leaves out only the examples that cannot be printed', () => {
    const bare = entries.filter(({ examples }) => examples.length === 0).map(({ code }) => code);
    expect(bare).toEqual([
      'no-files',
      'not-a-file',
      'file-too-large',
      'encoding',
      'item-too-large',
      'too-many-inactive',
    ]);
  });
});
