import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRecipes, type Step } from './readRecipes.ts';

const root = join(import.meta.dirname, '../..');
const recipes = readRecipes(readFileSync(join(root, 'docs/recipes.md'), 'utf8'));
const copy = mkdtempSync(join(tmpdir(), 'aliasops-recipes-'));
copyRepository();

afterAll(() => rmSync(copy, { recursive: true }));

describe('docs/recipes.md', () => {
  it('has a recipe for each thing that gets added most', () => {
    const things = ['field', 'rule', 'reason of the guard', 'command', 'function', 'table'];
    for (const thing of things) expect(recipes.map(({ title }) => title).join('\n')).toContain(thing);
  });

  it.each(recipes)('works as it is written: $title', ({ steps }) => {
    for (const step of steps) follow(step);
  });

  it('leaves types and lint clean', () => {
    for (const script of ['types', 'lint']) {
      execFileSync('npm', ['run', '-s', script], { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
    }
  });
});

/** Does what a step says, and fails where that cannot be done, or comes out in another way. */
function follow(step: Step): void {
  switch (step.kind) {
    case 'write': {
      const path = join(copy, step.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, step.text, { flag: 'wx' });
      return;
    }
    case 'edit': {
      const path = join(copy, step.path);
      writeFileSync(path, edited(readFileSync(path, 'utf8'), step));
      return;
    }
    case 'run':
      for (const line of step.lines) {
        const printed = execFileSync('bash', ['-euc', line], {
          cwd: copy,
          encoding: 'utf8',
          stdio: 'pipe',
        });
        if (step.prints !== undefined) expect(printed).toBe(step.prints);
      }
  }
}

function edited(text: string, { path, where, anchor, text: added }: Step & { kind: 'edit' }): string {
  const at = text.indexOf(anchor);
  expect(at, `${anchor} in ${path}`).toBeGreaterThanOrEqual(0);
  expect(text.indexOf(anchor, at + 1), `${anchor} a second time in ${path}`).toBe(-1);
  if (where === 'in place of') return text.replace(anchor, () => added.trimEnd());
  const start = text.lastIndexOf('\n', at) + 1;
  const end = text.indexOf('\n', at) + 1;
  const place = where === 'before' ? start : end;
  return text.slice(0, place) + added + text.slice(place);
}

/** Everything that is part of the repository; packages are shared with it. */
function copyRepository(): void {
  const listed = execFileSync('git', ['ls-files', '-z', '-c', '-o', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const path of listed.split('\0').filter((one) => one !== '' && !one.startsWith('action/dist/'))) {
    cpSync(join(root, path), join(copy, path));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  execFileSync('git', ['init', '-q'], { cwd: copy });
}
