import { randomUUID } from 'node:crypto';
import type { Response } from './httpServer.ts';
import { xml } from './ses/xml.ts';

/** STS's GetCallerIdentity: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html. */
export function answerSts(account: string): Response {
  const GetCallerIdentityResult = { Arn: `arn:aws:iam::${account}:root`, UserId: account, Account: account };
  const body = xml({ GetCallerIdentityResult, ResponseMetadata: { RequestId: randomUUID() } });
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${body}</GetCallerIdentityResponse>`,
  };
}
