import { expect, it } from 'vitest';
import { isExampleDomain } from './exampleDomain.ts';

it.each([
  ['example.com', true],
  ['example.net', true],
  ['example.org', true],
  ['example.edu', true],
  ['sample.edu', false],
  ['mail.example.org', true],
  ['mailbox.example', true],
  ['group.test', true],
  ['group.invalid', true],
  ['group.localhost', true],
  ['example.ch', false],
  ['myexample.com', false],
  ['example.com.au', false],
  ['test.ch', false],
  ['contest', false],
])('takes %s for an example: %s', (domain, expected) => {
  expect(isExampleDomain(domain)).toBe(expected);
});
