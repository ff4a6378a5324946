import fc from 'fast-check';
import { expect, it } from 'vitest';
import { refusalOf } from '../../forwarder/local/ses/refuse.ts';
import { hostileMail } from '../../forwarder/src/mail/hostileMail.arbitrary.ts';
import { fakeIdentity as identity } from '../../forwarder/src/mail/identity.fake.ts';
import { headroom, openMessage } from '../../forwarder/src/mail/message.ts';
import { noticeWithOriginal, noticeWithoutOriginal } from '../../forwarder/src/mail/notice.ts';
import { rewrite } from '../../forwarder/src/mail/rewrite.ts';

// The local SES was written from SES's documents alone and shares no line with the rewriter: what one of them has
// misread, the other shows.

function refusal(raw: Buffer) {
  const refused = refusalOf({
    source: 'forwarder-daemon@example.com',
    recipients: ['a@mailbox.example'],
    raw,
  });
  // A refused attachment is a matter of the body, which the rewriter leaves alone.
  return refused?.kind === 'rejected' ? undefined : refused;
}

function open(bytes: Buffer) {
  return openMessage(Buffer.concat([Buffer.alloc(headroom), bytes]), headroom);
}

it.each(['whole', 'reduced'] as const)(
  'gives a %s mail that the local SES takes, whatever came',
  (extent) => {
    fc.assert(
      fc.property(hostileMail, ({ bytes }) => {
        expect(refusal(rewrite(open(bytes), identity, extent))).toBeUndefined();
      }),
      { numRuns: 1_500 },
    );
  },
);

it('gives notices that the local SES takes, whatever they are about', () => {
  const until = new Date(0);
  fc.assert(
    fc.property(hostileMail, ({ bytes }) => {
      const message = open(bytes);
      expect(refusal(noticeWithOriginal(message, identity))).toBeUndefined();
      expect(refusal(noticeWithoutOriginal(message, identity, 'attachment', until))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

it('has a judge: most of these mails would be refused as they came', () => {
  const mails = fc.sample(hostileMail, { numRuns: 200, seed: 1 });
  expect(mails.filter(({ bytes }) => refusal(bytes) !== undefined).length).toBeGreaterThan(150);
});
