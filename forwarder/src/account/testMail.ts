import { headerBytes } from '../mail/headerBytes.ts';
import type { Facts } from './facts.ts';
import type { Step } from './steps.ts';

/** Takes every mail, also from an account in the sandbox, and counts it for nothing. */
export const simulator = 'success@simulator.amazonses.com';

/**
 * A mail that shows whether SES sends for this stage, from the address that forwards come from, at the first domain that
 * is verified; undefined while none is.
 */
export function testMailStep({ domains, settings }: Facts, to: string): Step | undefined {
  const ready = domains.find(({ identity }) => identity?.verified);
  if (ready === undefined) return undefined;
  return { kind: 'send-test-mail', from: `${settings.senderLocalPart}@${ready.domain}`, to };
}

export function testMail(from: string, to: string, date: Date): Buffer {
  return Buffer.concat([
    headerBytes([
      `From: ${from}`,
      `To: ${to}`,
      'Subject: Test mail',
      `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
      'Auto-Submitted: auto-generated',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=us-ascii',
    ]),
    Buffer.from('Amazon SES sends for this domain: forwards leave in the same way.\r\n'),
  ]);
}
