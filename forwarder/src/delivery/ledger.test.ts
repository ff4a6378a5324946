import { describe, expect, it } from 'vitest';
import { seconds } from '../../../schema/src/text/time.ts';
import type { BouncedRecipient } from '../mail/bounce.ts';
import { fakeEntry } from './delivery.fake.ts';
import {
  type Answer,
  backOff,
  envelopeOf,
  firstAnswer,
  grownAnswer,
  isAnswer,
  isEntry,
  isKeptEvent,
  newIn,
  reopened,
  takenUntil,
} from './ledger.ts';

const at = 1_000_000;
const entry = fakeEntry('ann@home.example', at);
const envelope = envelopeOf(entry);
const refusal = (name: string, cause: BouncedRecipient['cause'] = 'unknown'): BouncedRecipient => ({
  recipient: `${name}@example.com`,
  cause,
});

describe('backOff', () => {
  it.each([
    [0, 300],
    [1, 300],
    [2, 600],
    [3, 1_200],
    [6, 9_600],
    [7, 14_400],
    [40, 14_400],
  ])('waits after %i attempts for %i seconds', (attempts, wait) => {
    expect(backOff(attempts)).toBe(wait);
  });
});

describe('a row', () => {
  it.each([
    ['ann@home.example', [true, false, false]],
    ['#bounce', [false, true, false]],
    ['#event', [false, false, true]],
    ['#none', [false, false, false]],
  ])('for %s is a destination, an answer or an event: %s', (destination, expected) => {
    const row = { ...entry, destination } as unknown as Answer;
    expect([isEntry(row), isAnswer(row), isKeptEvent(row)]).toEqual(expected);
  });

  it('says of its mail what an envelope has, and no more', () => {
    expect(envelope).toStrictEqual({
      messageId: 'mail',
      sender: 'ann@sender.example',
      receivedAt: at,
      verdicts: entry.verdicts,
      answerable: true,
    });
  });

  it('that is taken has one more attempt, its time, and no reason yet', () => {
    const row = { ...entry, reason: 'Throttling' };
    expect(takenUntil(row, seconds(at + 300))).toStrictEqual({
      ...entry,
      attempts: 2,
      nextAttemptAt: at + 300,
    });
    expect(row.reason).toBe('Throttling');
  });

  it('that is sent once more on purpose begins anew', () => {
    const { nextAttemptAt: _, ...rest } = entry;
    const bounced = {
      ...rest,
      state: 'bounced',
      reason: 'bounced later',
      sesMessageId: 'ses',
      unattachable: 'attachment',
      expiresAt: seconds(at + 1),
    } as const;
    expect(reopened(bounced, seconds(at + 60))).toStrictEqual({
      ...entry,
      attempts: 2,
      nextAttemptAt: at + 60,
      since: at + 60,
    });
  });
});

describe('an answer', () => {
  const answer = firstAnswer(envelope, [refusal('a')], seconds(at));

  it('is due at once, and names each recipient once, by the first cause', () => {
    const refusals = [refusal('a'), refusal('a', 'policy'), refusal('b'), refusal('c')];
    expect(firstAnswer(entry, refusals, seconds(at))).toStrictEqual({
      ...envelope,
      destination: '#bounce',
      state: 'due',
      attempts: 0,
      nextAttemptAt: at,
      refusals: [refusal('a'), refusal('b'), refusal('c')],
      told: 0,
    });
  });

  it.each<[string, BouncedRecipient[], BouncedRecipient[]]>([
    ['another recipient', [refusal('b')], [refusal('b')]],
    ['a recipient that it has', [refusal('a', 'policy')], []],
    ['both', [refusal('a'), refusal('b')], [refusal('b')]],
    ['one twice', [refusal('b'), refusal('b', 'policy')], [refusal('b')]],
    ['nobody', [], []],
  ])('gets nothing new but who it does not name: %s', (_, refusals, expected) => {
    expect(newIn(answer, refusals)).toEqual(expected);
  });

  it('keeps its time while it is due, and is due at once where it was closed', () => {
    const grown = { ...answer, refusals: [refusal('a'), refusal('b')] };
    expect(grownAnswer(answer, [refusal('b')], seconds(at + 60))).toStrictEqual(grown);
    const { nextAttemptAt: _, ...rest } = answer;
    const closed = { ...rest, state: 'bounced', told: 1, attempts: 1, expiresAt: seconds(at + 5) } as const;
    expect(grownAnswer(closed, [refusal('b')], seconds(at + 60))).toStrictEqual({
      ...grown,
      told: 1,
      attempts: 1,
      nextAttemptAt: at + 60,
    });
  });
});
