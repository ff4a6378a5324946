import { describe, expect, it } from 'vitest';
import type { Pull, Step } from './api.ts';
import { ownChanges, queuedSteps } from './permission.ts';

function pull(number: number): Pull {
  return { number, base: 'base', head: `head ${number}` };
}

/** Commits in a row, each of the pull request of this number; 0 is nobody's. */
function line(...numbers: readonly number[]): Step[] {
  return numbers.map((number, index) => ({
    commit: String(index + 1),
    parent: String(index),
    ...(number === 0 ? {} : { pull: pull(number) }),
  }));
}

function said(steps: readonly Step[]): string[] {
  return ownChanges(steps).map(({ pull: { number }, before, after }) => `#${number} ${before}-${after}`);
}

describe('ownChanges', () => {
  it.each([
    ['of one commit each', line(7, 8), ['#7 0-1', '#8 1-2']],
    ['of several commits in a row', line(7, 7, 7, 8), ['#7 0-3', '#8 3-4']],
    ['of one, before and after another', line(7, 8, 7), ['#7 0-1', '#8 1-2', '#7 2-3']],
    ['beside what nobody brought', line(7, 0, 7), ['#7 0-1', '#7 2-3']],
    ['of which there are none', line(0, 0), []],
  ])('finds the changes %s', (_, steps, expected) => {
    expect(said(steps)).toEqual(expected);
  });
});

describe('queuedSteps', () => {
  it.each([
    ['of which each has a branch', [1, 2, 3], ['#1 0-1', '#2 1-2', '#3 2-3']],
    ['of which only the last has a branch, so that the others are of nobody', [0, 0, 3], ['#3 2-3']],
    ['of which none has a branch', [0, 0, 0], []],
  ])('knows three commits %s', async (_, numbers, expected) => {
    const branches = new Map(
      numbers.flatMap((number, index) => (number === 0 ? [] : [[String(index + 1), number] as const])),
    );
    const steps = await queuedSteps(
      { pull: async (number) => ({ ...pull(number), into: 'main' }) },
      line(0, 0, 0),
      branches,
    );
    expect(said(steps)).toEqual(expected);
  });
});
