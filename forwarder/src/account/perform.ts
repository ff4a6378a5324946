import {
  SetActiveReceiptRuleSetCommand,
  SetIdentityFeedbackForwardingEnabledCommand,
  SetIdentityNotificationTopicCommand,
} from '@aws-sdk/client-ses';
import {
  CreateEmailIdentityCommand,
  PutEmailIdentityMailFromAttributesCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { headerBytes } from '../mail/headerBytes.ts';
import type { Places } from './observe.ts';
import type { Step } from './steps.ts';

/** Does one step of the set-up. */
export async function perform({ ses, sesv2 }: Pick<Places, 'ses' | 'sesv2'>, step: Step): Promise<void> {
  switch (step.kind) {
    case 'create-identity':
      await sesv2.send(new CreateEmailIdentityCommand({ EmailIdentity: step.domain }));
      return;
    case 'set-mail-from':
      await sesv2.send(
        new PutEmailIdentityMailFromAttributesCommand({
          EmailIdentity: step.domain,
          MailFromDomain: step.mailFrom,
          // Until its records are there, mail goes out as before.
          BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
        }),
      );
      return;
    case 'attach-topic':
      await ses.send(
        new SetIdentityNotificationTopicCommand({
          Identity: step.domain,
          NotificationType: step.type,
          SnsTopic: step.topic,
        }),
      );
      return;
    case 'stop-feedback-forwarding':
      await ses.send(
        new SetIdentityFeedbackForwardingEnabledCommand({ Identity: step.domain, ForwardingEnabled: false }),
      );
      return;
    case 'activate-rules':
      await ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: step.ruleSet }));
      return;
    case 'send-test-mail':
      await sesv2.send(
        new SendEmailCommand({
          FromEmailAddress: step.from,
          Destination: { ToAddresses: [step.to] },
          Content: { Raw: { Data: testMail(step.from, step.to, new Date()) } },
        }),
      );
      return;
  }
}

function testMail(from: string, to: string, date: Date): Buffer {
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
