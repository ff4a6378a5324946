import { describe, expect, it } from 'vitest';
import { allowedByLabel } from './allowedByLabel.ts';
import type { Api, LabelEvent } from './api.ts';

const pull = { number: 7, head: 'c0ffee' };

function apiWith(...labels: readonly LabelEvent[]): Pick<Api, 'labels' | 'arrivedAt' | 'maintains'> {
  return {
    labels: async () => labels,
    arrivedAt: async () => 100,
    maintains: async (login) => login === 'maintainer',
  };
}

describe('allowedByLabel', () => {
  it.each([
    [
      'set by a maintainer after the last commit',
      { label: 'allow-mass-removal', actor: 'maintainer', at: 101 },
      ['mass-removal'],
    ],
    ['set before the last commit', { label: 'allow-mass-removal', actor: 'maintainer', at: 99 }, []],
    ['set by somebody without the right', { label: 'allow-mass-removal', actor: 'member', at: 101 }, []],
    ['that allows nothing that there is', { label: 'allow-everything', actor: 'maintainer', at: 101 }, []],
    ['about something else', { label: 'bug', actor: 'maintainer', at: 101 }, []],
  ])('judges a label %s', async (_, event, expected) => {
    expect([...(await allowedByLabel(apiWith(event), pull))]).toEqual(expected);
  });
});
