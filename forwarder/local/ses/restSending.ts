import { fault, isFault } from './fault.ts';
import type { RestOperation } from './restOperation.ts';

interface SendEmailBody {
  readonly FromEmailAddress?: string;
  readonly Destination?: {
    readonly ToAddresses?: readonly string[];
    readonly CcAddresses?: readonly string[];
    readonly BccAddresses?: readonly string[];
  };
  readonly Content?: { readonly Raw?: { readonly Data?: string } };
}

/** 40 MB after base64: https://docs.aws.amazon.com/ses/latest/dg/quotas.html. */
const messageLimit = 40 * 1024 * 1024;

export const sendEmail: RestOperation = async (ses, { body }) => {
  const { FromEmailAddress: source, Destination: to = {}, Content } = body as SendEmailBody;
  const data = Content?.Raw?.Data;
  if (data === undefined) return fault('BadRequestException', 'the local system takes raw messages only');
  if (data.length > messageLimit)
    return fault('BadRequestException', `Message length is more than ${messageLimit} bytes long.`);
  const result = await ses.send(
    {
      ...(source === undefined ? {} : { source }),
      recipients: [to.ToAddresses, to.CcAddresses, to.BccAddresses].flatMap((list) => list ?? []),
      raw: Buffer.from(data, 'base64'),
    },
    { invalid: 'BadRequestException', rejected: 'MessageRejected' },
  );
  return result === 'lost' || isFault(result) ? result : { MessageId: result.messageId };
};

export const getAccount: RestOperation = (ses) => {
  const account = ses.account();
  return {
    ProductionAccessEnabled: account.productionAccess,
    SendingEnabled: account.sendingEnabled,
    EnforcementStatus: 'HEALTHY',
    SendQuota: { Max24HourSend: account.dailyQuota, MaxSendRate: account.sendRate, SentLast24Hours: 0 },
    SuppressionAttributes: { SuppressedReasons: account.suppressedReasons },
  };
};
