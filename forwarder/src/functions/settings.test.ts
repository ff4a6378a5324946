import { expect, test } from 'vitest';
import { addressOf, ConfigError, limit, optional, otherDomains, required, senderNames } from './settings.ts';

test('names all that is missing at once', () => {
  expect(() => required({ B: 'b', C: '' }, 'A', 'B', 'C')).toThrow(
    new ConfigError('These settings are missing: A, C.'),
  );
  expect(required({ A: 'a', B: 'b' }, 'A', 'B')).toEqual({ A: 'a', B: 'b' });
});

test('takes a limit of zero, and what applies without one', () => {
  expect(limit({ LIMIT: '0' }, 'LIMIT', 3)).toBe(0);
  expect(limit({ LIMIT: '' }, 'LIMIT', 3)).toBe(3);
  expect(() => limit({ LIMIT: 'few' }, 'LIMIT', 3)).toThrow('LIMIT is `few`');
});

test('has mail for other domains bounced, or passed on', () => {
  expect(otherDomains({})).toBe('bounce');
  expect(otherDomains({ OTHER_DOMAINS: 'pass' })).toBe('pass');
  expect(() => otherDomains({ OTHER_DOMAINS: 'drop' })).toThrow('OTHER_DOMAINS is `drop`');
});

test('reserves the sender, and the name that bounces come from', () => {
  expect(senderNames({})).toEqual({
    senderLocalPart: 'forwarder-daemon',
    reserved: ['forwarder-daemon', 'mailer-daemon'],
  });
  expect(senderNames({ SENDER_LOCAL_PART: 'Relay' }).reserved).toEqual(['relay', 'mailer-daemon']);
});

test('refuses a sender that is no address', () => {
  expect(addressOf({ FROM: 'a@example.com' }, 'FROM')).toBe('a@example.com');
  expect(() => addressOf({ FROM: 'a' }, 'FROM')).toThrow('FROM is `a`');
  expect(optional({ SET: '' }, 'SET')).toBeUndefined();
});
