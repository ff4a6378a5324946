import { SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, it } from 'vitest';
import { observeBounceSender } from './observeDomains.ts';

/** SES with these identities, verified or not. */
function sesv2(identities: Readonly<Record<string, boolean>>): SESv2Client {
  return Object.assign(new SESv2Client({ region: 'eu-west-1' }), {
    send: async ({ input }: { readonly input: { readonly EmailIdentity: string } }) => {
      const VerifiedForSendingStatus = identities[input.EmailIdentity];
      if (VerifiedForSendingStatus !== undefined) return { VerifiedForSendingStatus };
      throw Object.assign(new Error('no such identity'), { name: 'NotFoundException' });
    },
  });
}

it.each<[boolean, string, Readonly<Record<string, boolean>>]>([
  [true, 'its domain', { 'mail.example.com': true }],
  [true, 'a domain above', { 'example.com': true }],
  [true, 'itself', { 'daemon@mail.example.com': true }],
  [true, 'a domain above, where its own waits', { 'mail.example.com': false, 'example.com': true }],
  [false, 'a domain that waits', { 'mail.example.com': false }],
  [false, 'another address', { 'postmaster@mail.example.com': true }],
  [false, 'a domain below', { 'a.mail.example.com': true }],
  [false, 'the last label', { com: true }],
  [false, 'nothing', {}],
])('says %s of an address when SES has verified %s', async (isVerified, _, identities) => {
  expect(await observeBounceSender(sesv2(identities), 'daemon@mail.example.com')).toEqual({
    domain: 'mail.example.com',
    isVerified,
  });
});
