import { describe, expect, it } from 'vitest';
import { failureText, Obstacle } from './failure.ts';

const failed = (name: string, message: string, fields: object = {}) =>
  Object.assign(new Error(message), { name, ...fields });
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
const node = (code: string, fields: object = {}) =>
  failed('Error', `${code}: it failed`, { code, ...fields });

describe('the text of a failure', () => {
  it.each<[string, unknown, RegExp]>([
    [
      'no credentials',
      failed('CredentialsProviderError', 'None found'),
      /^There are no AWS credentials to use: None found\. Sign in/,
    ],
    [
      'an expired token',
      failed('ExpiredTokenException', 'Old'),
      /^The AWS credentials have expired\. Sign in/,
    ],
    [
      'an unknown key',
      failed('UnrecognizedClientException', 'No'),
      /^AWS does not accept the credentials \(Unrec/,
    ],
    [
      'a right that lacks',
      failed('AccessDeniedException', 'Not yours'),
      /let these credentials do this: Not yours\. Use/,
    ],
    [
      'a right that lacks, without a name',
      failed('Unknown', 'Not yours', status(403)),
      /let these credentials do this/,
    ],
    ['no region', new Error('Region is missing'), /^There is no AWS region: set AWS_REGION/],
    [
      'no table',
      failed('ResourceNotFoundException', 'x'),
      /^A table of the stage `test` is missing: .*deploy -- --stage test`/,
    ],
    ['no bucket', failed('NoSuchBucket', 'x', status(404)), /^A bucket of the stage `test` is missing/],
    [
      'a host that nobody knows',
      node('ENOTFOUND', { hostname: 'h.example' }),
      /^h\.example does not answer \(ENOTFOUND\)\./,
    ],
    [
      'a port that nobody serves',
      node('ECONNREFUSED', { address: '127.0.0.1', port: 1 }),
      /^127\.0\.0\.1:1 does not answer/,
    ],
    ['a line that broke', node('ECONNRESET'), /^The other side does not answer \(ECONNRESET\)/],
    ['a throttled call', failed('ThrottlingException', 'x', status(400)), /^AWS is too busy to answer/],
    [
      'a server error',
      failed('InternalServerError', 'x', status(500)),
      /^AWS is too busy to answer, or has failed \(Int/,
    ],
    ['no answer in time', failed('TimeoutError', 'x'), /^AWS is too busy/],
    [
      'no file',
      node('ENOENT', { path: 'a.eml', syscall: 'open' }),
      /^a\.eml: there is no such file or folder\./,
    ],
    [
      'a folder in place of a file',
      node('EISDIR', { path: 'a', syscall: 'read' }),
      /^a: it is a folder, not a file\./,
    ],
    [
      'no program',
      node('ENOENT', { path: 'npx', syscall: 'spawn npx' }),
      /^npx cannot be started: install it/,
    ],
    ['no path', node('ENOENT'), /^Error: ENOENT: it failed$/],
    ['an obstacle', new Obstacle('Stop here.'), /^Stop here\.$/],
    [
      'a call that AWS refuses',
      failed('LimitExceededException', 'Too many', status(400)),
      /^AWS refuses the call: LimitExceededException: Too many\. .*doctor --stage test/,
    ],
    ['a mistake of ours', new TypeError('x is not y'), /^TypeError: x is not y$/],
    ['no error', 'a text', /^a text$/],
    [
      'a cause',
      new Error('outer', { cause: node('ENOTFOUND', { hostname: 'h.example' }) }),
      /^h\.example does not/,
    ],
    [
      'several',
      new AggregateError([new Error('a'), node('ECONNREFUSED', { address: '::1', port: 1 })], 'all'),
      /^::1:1 does/,
    ],
    ['a circle', circle(), /^Error: round$/],
  ])('says of %s what to do', (_, error, text) => {
    const said = failureText(error, 'test');
    expect(said).toMatch(text);
    expect(said).not.toContain('\n');
  });
});

function circle(): Error {
  const error = new Error('round');
  error.cause = error;
  return error;
}
