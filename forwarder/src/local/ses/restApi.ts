import type { Request, Response } from '../httpServer.ts';
import { type Fault, fault, isFault } from './fault.ts';
import type { Ses } from './ses.ts';

interface SendEmailBody {
  readonly FromEmailAddress?: string;
  readonly Destination?: {
    readonly ToAddresses?: readonly string[];
    readonly CcAddresses?: readonly string[];
    readonly BccAddresses?: readonly string[];
  };
  readonly Content?: { readonly Raw?: { readonly Data?: string } };
}

type Answer = Readonly<Record<string, unknown>> | Fault | 'lost';

/** 40 MB after base64: https://docs.aws.amazon.com/ses/latest/dg/quotas.html. */
const messageLimit = 40 * 1024 * 1024;

/** Answers the API of version 2 (REST, JSON), as much of it as the product calls. */
export async function answerSesV2(ses: Ses, request: Request): Promise<Response> {
  return render(await route(ses, request));
}

async function route(ses: Ses, request: Request): Promise<Answer> {
  const path = request.path.replace(/^\/v2\/email\//, '');
  const [, , suppressed = ''] = /^suppression\/(addresses)\/(.+)$/.exec(path) ?? [];
  if (path === 'outbound-emails' && request.method === 'POST') return sendEmail(ses, request.body);
  if (path === 'suppression/addresses') return suppression(ses, request);
  if (suppressed) return suppressedDestination(ses, request.method, decodeURIComponent(suppressed));
  return fault('NotFoundException', `the local system has no ${request.method} ${request.path}`);
}

async function sendEmail(ses: Ses, body: Buffer): Promise<Answer> {
  const {
    FromEmailAddress: source,
    Destination: to = {},
    Content,
  } = JSON.parse(body.toString()) as SendEmailBody;
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
}

function suppression(ses: Ses, request: Request): Answer {
  if (request.method === 'GET')
    return {
      SuppressedDestinationSummaries: ses.suppression.list().map((each) => ({
        EmailAddress: each.address,
        Reason: each.reason,
        LastUpdateTime: each.lastUpdate,
      })),
    };
  const body = JSON.parse(request.body.toString()) as {
    readonly EmailAddress: string;
    readonly Reason: 'BOUNCE' | 'COMPLAINT';
  };
  ses.suppression.put(body.EmailAddress, body.Reason);
  return {};
}

function suppressedDestination(ses: Ses, method: string, address: string): Answer {
  const found = ses.suppression.get(address);
  if (!found)
    return {
      status: 404,
      code: 'NotFoundException',
      message: `Email address ${address} does not exist on your suppression list.`,
    };
  if (method === 'DELETE') {
    ses.suppression.delete(address);
    return {};
  }
  return {
    SuppressedDestination: {
      EmailAddress: found.address,
      Reason: found.reason,
      LastUpdateTime: found.lastUpdate,
    },
  };
}

function render(answer: Answer): Response {
  const headers = { 'content-type': 'application/json' };
  if (answer === 'lost') return { status: 504, headers, body: '{"message":"Gateway Timeout"}' };
  if (!isFault(answer)) return { status: 200, headers, body: JSON.stringify(answer) };
  return {
    status: answer.status,
    headers: { ...headers, 'x-amzn-errortype': answer.code },
    body: JSON.stringify({ message: answer.message }),
  };
}
