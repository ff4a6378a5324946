import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import type { Api, LabelEvent } from './api.ts';
import { readLabels } from './labels.ts';

const pull = { number: 7, head: 'c0ffee' };
const right = { label: 'allow-mass-removal', actor: 'maintainer', at: 101 };

function apiWith(
  event: LabelEvent,
  arrived: number | undefined,
): Pick<Api, 'labels' | 'arrivedAt' | 'maintains'> {
  return {
    labels: async () => [event],
    arrivedAt: async () => arrived,
    maintains: async (login) => login === 'maintainer',
  };
}

describe('readLabels', () => {
  it.each<[string, Partial<LabelEvent>, number | undefined, string | undefined]>([
    ['set by a maintainer after the last commit', {}, 100, undefined],
    ['set with the last commit', { at: 100 }, 100, 'it was set before the last commit arrived'],
    ['set before the last commit', { at: 99 }, 100, 'it was set before the last commit arrived'],
    [
      'set on a commit of which GitHub says nothing',
      {},
      undefined,
      'GitHub does not say when the last commit arrived',
    ],
    [
      'set by somebody without the right',
      { actor: 'member' },
      100,
      'whoever set it does not maintain this repository',
    ],
    [
      'of which nobody is known to have set it',
      { actor: '' },
      100,
      'GitHub does not say who set it on this version of the change',
    ],
    [
      'for what no pull request does',
      { label: 'allow-rollback' },
      100,
      'no pull request brings an older commit back, only a run of the sync',
    ],
    ['that allows nothing that there is', { label: 'allow-x' }, 100, 'there is no reason of that name'],
  ])('judges a label %s', async (_, event, arrived, why) => {
    const { setBy, ignored } = await readLabels(apiWith({ ...right, ...event }, arrived), pull);
    expect([...setBy]).toEqual(why === undefined ? [['mass-removal', 'maintainer']] : []);
    expect(ignored).toHaveLength(why === undefined ? 0 : 1);
    const [sentence] = ignored.map((one) => wordsOf(one, 'en'));
    if (why !== undefined) expect(sentence).toContain(`does not count: ${why}`);
  });

  it('passes over a label about something else', async () => {
    expect(await readLabels(apiWith({ ...right, label: 'bug' }, 100), pull)).toEqual({
      setBy: new Map(),
      ignored: [],
    });
  });
});
