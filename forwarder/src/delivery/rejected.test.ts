import { expect, it } from 'vitest';
import { seconds } from '../../../schema/src/text/time.ts';
import { fakeEntry, fakeLedger } from './delivery.fake.ts';
import { nobodyRow } from './intake.ts';
import { firstAnswer, type LeftOut } from './ledger.ts';
import { listRejected } from './rejected.ts';

const at = 1_000_000;
const spam: LeftOut = { kind: 'dropped', recipient: 'info@example.com', reason: 'spam' };
const unknown: LeftOut = { kind: 'unknown', recipient: 'nobody@example.com' };
const envelope = (messageId: string, time: number) => ({ ...fakeEntry('a@x.example', time), messageId });

it('lists the last mails that were turned away, of all since a time', async () => {
  const ledger = fakeLedger();
  await ledger.open([
    fakeEntry('a@x.example', at + 9),
    nobodyRow(envelope('before', at - 1), [spam], 'dropped', seconds(at)),
    nobodyRow(envelope('first', at), [spam, { ...spam, recipient: 'b@example.com' }], 'dropped', seconds(at)),
    nobodyRow(
      envelope('ours', at),
      [{ kind: 'reserved', recipient: 'x@example.com' }],
      'dropped',
      seconds(at),
    ),
    nobodyRow(
      envelope('theirs', at),
      [{ kind: 'unmanaged', recipient: 'x@y.example' }],
      'dropped',
      seconds(at),
    ),
    nobodyRow(envelope('b', at + 1), [spam], 'bounced', seconds(at)),
    nobodyRow(envelope('a', at + 1), [spam], 'bounced', seconds(at)),
    { ...firstAnswer(envelope('last', at + 2), [], seconds(at)), leftOut: [unknown] },
  ]);
  const { count, mails } = await listRejected(ledger, seconds(at), 3);
  expect(count).toBe(4);
  expect(mails.map(({ messageId }) => messageId)).toEqual(['last', 'a', 'b']);
  expect(mails[0]).toEqual({
    messageId: 'last',
    sender: 'ann@sender.example',
    receivedAt: at + 2,
    recipients: [unknown],
  });
});
