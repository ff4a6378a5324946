import type { BouncedRecipient } from '../mail/bounce.ts';
import { type Answer, answerKey, type Envelope, envelopeOf } from './ledger.ts';

/** An answer that nobody has begun to give. */
export function firstAnswer(envelope: Envelope, refusals: readonly BouncedRecipient[], now: number): Answer {
  return {
    ...envelopeOf(envelope),
    destination: answerKey,
    state: 'due',
    attempts: 0,
    nextAttemptAt: now,
    refusals: onceEach(refusals),
    told: 0,
  };
}

/** What an answer does not say yet: a sender hears of a recipient once. */
export function newIn(answer: Answer, refusals: readonly BouncedRecipient[]): BouncedRecipient[] {
  return onceEach(refusals).filter(({ recipient }) =>
    answer.refusals.every((known) => known.recipient !== recipient),
  );
}

function onceEach(refusals: readonly BouncedRecipient[]): BouncedRecipient[] {
  return [
    ...new Map(refusals.toReversed().map((refusal) => [refusal.recipient, refusal])).values(),
  ].reverse();
}
