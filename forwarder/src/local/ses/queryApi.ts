import { randomUUID } from 'node:crypto';
import type { Request, Response } from '../httpServer.ts';
import type { ReportedRecipient } from './dsn.ts';
import { type Fault, fault, isFault } from './fault.ts';
import type { Ses } from './ses.ts';
import { type Xml, xml } from './xml.ts';

type Answer = { readonly [element: string]: Xml } | Fault | 'lost';

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** 10 MB after base64: https://docs.aws.amazon.com/ses/latest/dg/quotas.html. */
const messageLimit = 10 * 1024 * 1024;

/** Answers the API of version 1 (query, XML), as much of it as the product calls. */
export async function answerSesV1(ses: Ses, request: Request): Promise<Response> {
  const call = new URLSearchParams(request.body.toString());
  const action = call.get('Action') ?? '';
  return render(action, await perform(ses, action, call));
}

async function perform(ses: Ses, action: string, call: URLSearchParams): Promise<Answer> {
  switch (action) {
    case 'SendRawEmail':
      return sendRawEmail(ses, call);
    case 'SendBounce':
      return sendBounce(ses, call);
    default:
      return fault('InvalidAction', `the local system has no ${action}`);
  }
}

async function sendRawEmail(ses: Ses, call: URLSearchParams): Promise<Answer> {
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
}

async function sendBounce(ses: Ses, call: URLSearchParams): Promise<Answer> {
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
}

/** The prefixes of a list's members: `Name.member.1`, and so on. */
function members(call: URLSearchParams, name: string): readonly string[] {
  const numbers = [...call.keys()].flatMap((key) => {
    const found =
      key.startsWith(`${name}.member.`) && /^\d+/.exec(key.slice(name.length + '.member.'.length));
    return found ? [Number(found[0])] : [];
  });
  return [...new Set(numbers)].sort((a, b) => a - b).map((number) => `${name}.member.${number}`);
}

/** The status that SES gives each kind of bounce: https://docs.aws.amazon.com/ses/latest/APIReference/API_BouncedRecipientInfo.html. */
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

function render(action: string, answer: Answer): Response {
  const headers = { 'content-type': 'text/xml' };
  if (answer === 'lost') return { status: 504, headers, body: '' };
  const metadata = { RequestId: randomUUID() };
  if (!isFault(answer)) {
    const body = xml({ [`${action}Result`]: answer, ResponseMetadata: metadata });
    return {
      status: 200,
      headers,
      body: `<${action}Response xmlns="${namespace}">${body}</${action}Response>`,
    };
  }
  const error = {
    Type: answer.status < 500 ? 'Sender' : 'Receiver',
    Code: answer.code,
    Message: answer.message,
  };
  const body = xml({ Error: error, RequestId: metadata.RequestId });
  return {
    status: answer.status,
    headers,
    body: `<ErrorResponse xmlns="${namespace}">${body}</ErrorResponse>`,
  };
}
