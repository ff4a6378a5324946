import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import {
  DescribeActiveReceiptRuleSetCommand,
  GetIdentityNotificationAttributesCommand,
  SESClient,
  SendBounceCommand,
  SetActiveReceiptRuleSetCommand,
  SetIdentityFeedbackForwardingEnabledCommand,
  SetIdentityNotificationTopicCommand,
} from '@aws-sdk/client-ses';
import {
  CreateEmailIdentityCommand,
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetEmailIdentityCommand,
  PutEmailIdentityMailFromAttributesCommand,
  SESv2Client,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { bouncer } from '../../forwarder/src/aws/emailService.ts';
import { bounceReport, causes } from '../../forwarder/src/mail/bounce.ts';
import { milliseconds } from '../../schema/src/text/time.ts';
import { startLocal } from '../localSystem.ts';

let system: LocalSystem;
let sesV1: SESClient;
let sesV2: SESv2Client;
let lambda: LambdaClient;
const log: string[] = [];

beforeAll(async () => {
  system = await startLocal({ log: (source, line) => log.push(`${source} ${line}`) });
  const { environment } = system;
  const client = {
    region: environment.AWS_REGION ?? '',
    endpoint: environment.AWS_ENDPOINT_URL_SESV2 ?? '',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    },
    maxAttempts: 1,
  };
  sesV1 = new SESClient(client);
  sesV2 = new SESv2Client(client);
  lambda = new LambdaClient(client);
});

afterAll(() => system.stop());

// The stage's bounce sender counts as verified.
const verified = 'mailer-daemon@example.com';

function send(to: string, header = `From: ${verified}`) {
  return sesV2.send(
    new SendEmailCommand({
      FromEmailAddress: verified,
      Destination: { ToAddresses: [to] },
      Content: { Raw: { Data: Buffer.from(`${header}\r\n\r\nbody`) } },
    }),
  );
}

describe('SES over HTTP', () => {
  it('takes a mail, and keeps it in the outbox under its envelope', async () => {
    const { MessageId } = await send('ann@mailbox.example');
    const [mail] = (await system.outbox.list()).filter(({ messageId }) => messageId === MessageId);
    expect(mail).toMatchObject({ kind: 'mail', from: verified, to: 'ann@mailbox.example' });
    expect((await system.outbox.read(mail?.file ?? '')).toString()).toMatch(/\r\n\r\nbody$/);
  });

  it('refuses an identity that is not verified', async () => {
    await expect(send('ann@mailbox.example', 'From: a@stranger.example')).rejects.toMatchObject({
      name: 'MessageRejected',
      message: expect.stringContaining('a@stranger.example'),
    });
  });

  it('refuses a duplicate field by the name that SES has for it', async () => {
    await expect(
      send('ann@mailbox.example', `From: ${verified}\r\nSubject: a\r\nSubject: b`),
    ).rejects.toMatchObject({ name: 'BadRequestException', message: "Duplicate header 'Subject'." });
  });

  it('fails as often as it is told to, then no more', async () => {
    system.ses.fail({ destination: 'bo@mailbox.example', error: 'TooManyRequestsException', times: 1 });
    await expect(send('bo@mailbox.example')).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    await expect(send('bo@mailbox.example')).resolves.toHaveProperty('MessageId');
  });

  it('takes a mail whose answer is then lost', async () => {
    system.ses.fail({
      destination: 'cy@mailbox.example',
      error: 'ServiceUnavailable',
      times: 1,
      when: 'after',
    });
    await expect(send('cy@mailbox.example')).rejects.toThrow();
    expect(system.ses.taken('cy@mailbox.example')).toBe(1);
  });

  it('keeps the suppression list', async () => {
    const address = { EmailAddress: 'di@mailbox.example' };
    system.ses.suppression.put(address.EmailAddress, 'BOUNCE');
    const before = (await system.outbox.list()).length;
    await send(address.EmailAddress);
    expect((await system.outbox.list()).length).toBe(before);
    await sesV2.send(new DeleteSuppressedDestinationCommand(address));
    await expect(sesV2.send(new DeleteSuppressedDestinationCommand(address))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('bounces a mail that it has received, and no other', async () => {
    const bounce = (OriginalMessageId: string) =>
      sesV1.send(
        new SendBounceCommand({
          OriginalMessageId,
          BounceSender: verified,
          BouncedRecipientInfoList: [{ Recipient: 'nobody@example.com', BounceType: 'DoesNotExist' }],
        }),
      );
    await expect(bounce('unknown')).rejects.toMatchObject({ name: 'MessageRejected' });
    const mail = { messageId: 'known', source: 'ann@sender.example', header: Buffer.from('Subject: s\r\n') };
    system.ses.received.add({ ...mail, receivedAt: new Date() });
    const { MessageId } = await bounce('known');
    const [report] = (await system.outbox.list()).filter(({ messageId }) => messageId === MessageId);
    expect(report).toMatchObject({ kind: 'bounce', from: '', to: 'ann@sender.example' });
    const text = (await system.outbox.read(report?.file ?? '')).toString();
    expect(text).toContain('Final-Recipient: rfc822; nobody@example.com\r\nAction: failed\r\nStatus: 5.1.1');
  });

  it('writes the type of a bounced address itself', async () => {
    const mail = { messageId: 'typed', source: 'ann@sender.example', header: Buffer.from('Subject: s\r\n') };
    system.ses.received.add({ ...mail, receivedAt: new Date() });
    const RecipientDsnFields = {
      FinalRecipient: 'rfc822; nobody@example.com',
      Action: 'failed',
      Status: '5.1.1',
    } as const;
    const call = new SendBounceCommand({
      OriginalMessageId: 'typed',
      BounceSender: verified,
      BouncedRecipientInfoList: [{ Recipient: 'nobody@example.com', RecipientDsnFields }],
    });
    await expect(sesV1.send(call)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it.each([
    ['en', 'bounce-report'],
    ['fr', 'bounce-report-french'],
  ] as const)('reports each cause to the sender by the book, in %s', async (language, name) => {
    const mail = {
      messageId: 'reported',
      source: 'ann@sender.example',
      header: Buffer.from('Subject: s\r\n'),
    };
    system.ses.received.add({ ...mail, receivedAt: new Date() });
    const refused = causes.map((cause) => ({ recipient: `${cause}@example.com`, cause }));
    const receivedAt = milliseconds(Date.UTC(2026, 10, 3, 9));
    await bouncer(sesV1, verified).bounce('reported', bounceReport(refused, receivedAt, language));
    const report = (await system.outbox.list()).findLast(({ kind }) => kind === 'bounce');
    const text = (await system.outbox.read(report?.file ?? '')).toString();
    const always = text
      .replaceAll(/report-[0-9a-f]{24}/g, 'report-BOUNDARY')
      .replaceAll(report?.messageId ?? '', 'MESSAGE-ID')
      .replace(/^Date: .*(?=\r)/m, 'Date: NOW');
    await expect(always).toMatchFileSnapshot(`golden/${name}.eml`);
  });
});

describe('setting an account up over HTTP', () => {
  it('makes an identity, with DKIM tokens, a MAIL FROM domain, topics and feedback off', async () => {
    const EmailIdentity = 'club.example';
    await expect(sesV2.send(new GetEmailIdentityCommand({ EmailIdentity }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    const created = await sesV2.send(new CreateEmailIdentityCommand({ EmailIdentity }));
    expect(created.DkimAttributes?.Tokens).toHaveLength(3);
    const MailFromDomain = 'mail.club.example';
    await sesV2.send(new PutEmailIdentityMailFromAttributesCommand({ EmailIdentity, MailFromDomain }));
    const feedbackOff = new SetIdentityFeedbackForwardingEnabledCommand({
      Identity: EmailIdentity,
      ForwardingEnabled: false,
    });
    await expect(sesV1.send(feedbackOff)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    for (const NotificationType of ['Bounce', 'Complaint'] as const)
      await sesV1.send(
        new SetIdentityNotificationTopicCommand({
          Identity: EmailIdentity,
          NotificationType,
          SnsTopic: 'arn',
        }),
      );
    await sesV1.send(feedbackOff);
    const { MailFromAttributes } = await sesV2.send(new GetEmailIdentityCommand({ EmailIdentity }));
    expect(MailFromAttributes).toMatchObject({ MailFromDomain });
    const { NotificationAttributes } = await sesV1.send(
      new GetIdentityNotificationAttributesCommand({ Identities: [EmailIdentity, 'other.example'] }),
    );
    expect(NotificationAttributes).toMatchObject({
      [EmailIdentity]: { BounceTopic: 'arn', ComplaintTopic: 'arn', ForwardingEnabled: false },
    });
  });

  it('shows the active rule set with its rules in order, and takes no mail without one', async () => {
    const { Metadata, Rules } = await sesV1.send(new DescribeActiveReceiptRuleSetCommand({}));
    expect(Rules?.map((rule) => rule.Actions?.flatMap((action) => Object.keys(action)))).toEqual([
      ['LambdaAction', 'BounceAction', 'StopAction'],
      ['S3Action', 'LambdaAction', 'BounceAction', 'StopAction'],
    ]);
    await sesV1.send(new SetActiveReceiptRuleSetCommand({}));
    expect((await sesV1.send(new DescribeActiveReceiptRuleSetCommand({}))).Metadata).toBeUndefined();
    await sesV1.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: Metadata?.Name }));
    expect(system.ses.ruleSets.active()).toBe(Metadata?.Name);
  });

  it('says that the account is in the sandbox when it is', async () => {
    system.ses.changeAccount({ productionAccess: false });
    const { ProductionAccessEnabled } = await sesV2.send(new GetAccountCommand({}));
    system.ses.changeAccount({ productionAccess: true });
    expect(ProductionAccessEnabled).toBe(false);
  });
});

describe('Lambda over HTTP', () => {
  it('answers what the bundle answers', async () => {
    const FunctionName = system.lambda.named('buildForwards');
    const { StatusCode, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from('{}') }),
    );
    expect([StatusCode, FunctionError]).toEqual([200, undefined]);
  });

  it('says which function is not there', async () => {
    await expect(lambda.send(new InvokeCommand({ FunctionName: 'nothing' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

it('leaves in the bucket what SES writes when a rule is made, which nobody takes for a mail', async () => {
  const Bucket = system.environment.MESSAGE_BUCKET;
  const { Contents = [] } = await system.s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['AMAZON_SES_SETUP_NOTIFICATION']);
  log.length = 0;
  await system.schedules.fire(system.lambda.named('retryDeliveries'), new Date(Date.now() + 11 * 60_000));
  expect(log.filter((line) => line.includes('"retried"'))).toHaveLength(1);
  expect(log.filter((line) => line.includes('never received'))).toEqual([]);
  expect(log.filter((line) => line.includes('"ERROR"'))).toEqual([]);
});
