import { randomUUID } from 'node:crypto';
import type { Lambda } from './lambda/lambda.ts';
import { answerLambda, type EventSources } from './lambda/lambdaApi.ts';
import { type HttpServer, type Response, startHttpServer } from './servers/httpServer.ts';
import { answerSesV1 } from './ses/queryApi.ts';
import { answerSesV2 } from './ses/restApi.ts';
import type { Ses } from './ses/ses.ts';
import { xml } from './ses/xml.ts';
import type { Place } from './template/resourceNames.ts';

interface Services {
  readonly place: Place;
  /** Asked at each call: the functions are started with the address of this server. */
  lambda(): Lambda;
  readonly ses: Ses;
  /** The functions' resource policies by ARN. */
  readonly policies: ReadonlyMap<string, string>;
  readonly sources: EventSources;
}

/** One address for the services that have no server of their own (SES, Lambda, STS); their paths tell them apart. */
export function startEndpoints({ place, lambda, ses, policies, sources }: Services): Promise<HttpServer> {
  const { region, account } = place;
  const policyOf = (name: string) => policies.get(`arn:aws:lambda:${region}:${account}:function:${name}`);
  return startHttpServer(async (request) => {
    if (request.path.startsWith('/2015-03-31/')) return answerLambda(lambda(), policyOf, sources, request);
    if (request.path.startsWith('/sts')) return answerSts(account);
    return request.path.startsWith('/v2/email/') ? answerSesV2(ses, request) : answerSesV1(ses, request);
  });
}

/** STS's GetCallerIdentity: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html. */
function answerSts(account: string): Response {
  const GetCallerIdentityResult = { Arn: `arn:aws:iam::${account}:root`, UserId: account, Account: account };
  const body = xml({ GetCallerIdentityResult, ResponseMetadata: { RequestId: randomUUID() } });
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${body}</GetCallerIdentityResponse>`,
  };
}
