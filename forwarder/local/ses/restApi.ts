import type { Request, Response } from '../servers/httpServer.ts';
import type { RestAnswer, RestOperation } from './restOperations.ts';
import {
  createEmailIdentity,
  deleteSuppressedDestination,
  getAccount,
  getEmailIdentity,
  putMailFrom,
  sendEmail,
} from './restOperations.ts';
import type { Ses } from './ses.ts';
import { fault, isFault } from './sesFaults.ts';

/** The paths below `/v2/email`; a star stands for a name. */
const operations: Readonly<Record<string, RestOperation>> = {
  'POST /outbound-emails': sendEmail,
  'GET /account': getAccount,
  'DELETE /suppression/addresses/*': deleteSuppressedDestination,
  'POST /identities': createEmailIdentity,
  'GET /identities/*': getEmailIdentity,
  'PUT /identities/*/mail-from': putMailFrom,
};

/** Answers the API of version 2 (REST, JSON), as much of it as the product calls. */
export async function answerSesV2(ses: Ses, request: Request): Promise<Response> {
  const path = request.path.replace(/^\/v2\/email/, '');
  const [, name = ''] = /^\/(?:suppression\/addresses|identities)\/([^/]+)/.exec(path) ?? [];
  const key = `${request.method} ${name === '' ? path : path.replace(name, '*')}`;
  const operation = operations[key];
  if (!operation) return render(fault('NotFoundException', `the local system has no ${key}`));
  const text = request.body.toString();
  const body = text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
  return render(await operation(ses, { name: decodeURIComponent(name), body }));
}

function render(answer: RestAnswer): Response {
  const headers = { 'content-type': 'application/json' };
  if (answer === 'lost') return { status: 504, headers, body: '{"message":"Gateway Timeout"}' };
  if (!isFault(answer)) return { status: 200, headers, body: JSON.stringify(answer) };
  return {
    status: answer.status,
    headers: { ...headers, 'x-amzn-errortype': answer.code },
    body: JSON.stringify({ message: answer.message }),
  };
}
