import type { ReportedRecipient } from './dsn.ts';
import { fault, isFault } from './fault.ts';
import { members, type QueryOperation } from './queryOperation.ts';

/** 10 MB after base64: https://docs.aws.amazon.com/ses/latest/dg/quotas.html. */
const messageLimit = 10 * 1024 * 1024;

export const sendRawEmail: QueryOperation = async (ses, call) => {
  const data = call.get('RawMessage.Data') ?? '';
  if (data.length > messageLimit)
    return fault('InvalidParameterValue', `Message length is more than ${messageLimit} bytes long.`);
  const source = call.get('Source');
  const result = await ses.send(
    {
      ...(source === null ? {} : { source }),
      recipients: members(call, 'Destinations').map((prefix) => call.get(prefix) ?? ''),
      raw: Buffer.from(data, 'base64'),
    },
    { invalid: 'InvalidParameterValue', rejected: 'MessageRejected' },
  );
  return result === 'lost' || isFault(result) ? result : { MessageId: result.messageId };
};

export const sendBounce: QueryOperation = async (ses, call) => {
  const explanation = call.get('Explanation');
  const reportingMta = call.get('MessageDsn.ReportingMta');
  const arrival = call.get('MessageDsn.ArrivalDate');
  const result = await ses.bounce({
    originalMessageId: call.get('OriginalMessageId') ?? '',
    sender: call.get('BounceSender') ?? '',
    recipients: members(call, 'BouncedRecipientInfoList').map((prefix) => reported(call, prefix)),
    ...(explanation === null ? {} : { explanation }),
    ...(reportingMta === null ? {} : { reportingMta }),
    ...(arrival === null ? {} : { arrival: new Date(arrival) }),
  });
  return result === 'lost' || isFault(result) ? result : { MessageId: result.messageId };
};

/** What each kind of bounce means: https://docs.aws.amazon.com/ses/latest/APIReference/API_BouncedRecipientInfo.html. */
const statuses: Readonly<Record<string, string>> = {
  DoesNotExist: '5.1.1',
  MessageTooLarge: '5.3.4',
  ExceededQuota: '5.2.2',
  ContentRejected: '5.6.1',
  Undefined: '5.0.0',
  TemporaryFailure: '4.0.0',
};

function reported(call: URLSearchParams, prefix: string): ReportedRecipient {
  const dsn = `${prefix}.RecipientDsnFields`;
  const diagnosticCode = call.get(`${dsn}.DiagnosticCode`);
  return {
    address: call.get(`${dsn}.FinalRecipient`) ?? call.get(`${prefix}.Recipient`) ?? '',
    action: call.get(`${dsn}.Action`) ?? 'failed',
    status: call.get(`${dsn}.Status`) ?? statuses[call.get(`${prefix}.BounceType`) ?? ''] ?? '5.0.0',
    ...(diagnosticCode === null ? {} : { diagnosticCode }),
  };
}
