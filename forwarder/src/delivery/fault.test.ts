import { expect, test } from 'vitest';
import { classify } from './fault.ts';

const error = (name: string, message = '', more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });

test.each([
  { fault: 'throttled', error: error('TooManyRequestsException') },
  { fault: 'account', error: error('AccountSuspendedException') },
  { fault: 'account', error: error('SendingPausedException') },
  { fault: 'account', error: error('LimitExceededException') },
  { fault: 'account', error: error('MailFromDomainNotVerifiedException') },
  { fault: 'account', error: error('MessageRejected', 'Email address is not verified. The following…') },
  { fault: 'account', error: error('AccessDeniedException') },
  {
    fault: 'rejected',
    error: error('MessageRejected', 'Transaction failed: Duplicate header MIME-Version.'),
  },
  { fault: 'rejected', error: error('BadRequestException', "Missing final '@domain'") },
  { fault: 'header-too-long', error: error('BadRequestException', 'Header section too long') },
  { fault: 'attachment', error: error('MessageRejected', 'Illegal filename: x.exe') },
  {
    fault: 'too-large',
    error: error('BadRequestException', 'Message length is more than 41943040 bytes long'),
  },
  { fault: 'transient', error: error('SomethingNew', '', { $metadata: { httpStatusCode: 409 } }) },
  {
    fault: 'unknown',
    error: error('InternalServiceErrorException', '', { $metadata: { httpStatusCode: 500 } }),
  },
  { fault: 'unknown', error: error('TimeoutError') },
  { fault: 'unknown', error: error('Error', 'socket hang up', { code: 'ECONNRESET' }) },
  { fault: 'transient', error: error('Error', 'connect', { code: 'ECONNREFUSED' }) },
  { fault: 'unknown', error: 'what' },
])('classifies $error as $fault', ({ fault, error: thrown }) => {
  expect(classify(thrown)).toBe(fault);
});
