import { expect, test } from 'vitest';
import { classify, isRefused, isRetryable, nameOf } from './fault.ts';

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
  ...[
    'Email address is not verified',
    'Sending paused for this account',
    'Account sending is paused',
    'Your account is SUSPENDED',
    'Maximum sending rate exceeded',
  ].map((message) => ({ fault: 'account', error: error('BadRequestException', message) })),
  ...[
    'BadRequestException',
    'LimitExceededException',
    'MessageRejected',
    'Throttling',
    'TooManyRequestsException',
  ].map((name) => ({ fault: 'quota', error: error(name, 'Daily message quota exceeded.') })),
  { fault: 'quota', error: error('Throttling', 'Daily sending quota exceeded') },
  { fault: 'quota', error: error('LimitExceededException', 'Maximum 24-hour send exceeded') },
  { fault: 'throttled', error: error('Throttling', 'Maximum sending rate exceeded.') },
  { fault: 'account', error: error('LimitExceededException', 'Too many tags') },
  { fault: 'unknown', error: error('TimeoutError', 'Daily message quota exceeded.') },
  ...['Attachment of this type', 'a file extension that is blocked', 'illegal filename'].map((message) => ({
    fault: 'attachment',
    error: error('MessageRejected', message),
  })),
  ...[
    'Message too large',
    'message length',
    'over the size limit',
    'exceeds the maximum',
    'exceed the maximum',
  ].map((message) => ({ fault: 'too-large', error: error('InvalidParameterValue', message) })),
  { fault: 'transient', error: error('SomethingNew', '', { $metadata: { httpStatusCode: 400 } }) },
  { fault: 'transient', error: error('SomethingNew', '', { $metadata: { httpStatusCode: 499 } }) },
  { fault: 'unknown', error: error('SomethingNew', '', { $metadata: { httpStatusCode: 399 } }) },
  { fault: 'unknown', error: error('SomethingNew', '', { $metadata: {} }) },
  {
    fault: 'unknown',
    error: error('SomethingNew', 'no connection', { code: 'ECONNREFUSED' }),
  },
  { fault: 'unknown', error: error('Error', 'a code that is no text', { code: 7 }) },
  { fault: 'unknown', error: 'MessageRejected' },
  { fault: 'unknown', error: undefined },
  { fault: 'unknown', error: { name: 'Throttling' } },
])('classifies $error as $fault', ({ fault, error: thrown }) => {
  expect(classify(thrown)).toBe(fault);
});

test.each([
  ['throttled', true, false],
  ['account', true, false],
  ['transient', true, false],
  ['unknown', false, false],
  ['rejected', false, true],
  ['header-too-long', false, true],
  ['attachment', false, true],
  ['too-large', false, true],
] as const)('%s: retryable %s, refused %s', (fault, retryable, refused) => {
  expect([isRetryable(fault), isRefused(fault)]).toEqual([retryable, refused]);
});

test('takes no outcome for no refusal', () => {
  expect(isRefused(undefined)).toBe(false);
});

test('names a fault by its kind alone', () => {
  expect([nameOf(new TypeError('secret')), nameOf('secret')]).toEqual(['TypeError', 'Error']);
});
