import { expect, it } from 'vitest';
import { type CheckOptions, check } from '../check.ts';

const sample = 'domain: example.com\naliases:\n  info: { destinations: [li.wei@mailbox.example] }\n';
const own = 'domain: group.internal\naliases:\n  info: { destinations: [li.wei@mailbox.internal] }\n';
const shared = 'aliases:\n  postmaster: { destinations: [li.wei@example.com] }\n';

const inExample = ['example.com.yml:1:9'];
const inShared = ['_shared.yml:2:32'];

it.each<[string, Record<string, string>, isLive: boolean, string[]]>([
  ['the samples alone', { 'example.com.yml': sample }, false, []],
  ['the samples alone, live', { 'example.com.yml': sample }, true, inExample],
  [
    'a sample beside an own domain',
    { 'example.com.yml': sample, 'group.internal.yml': own },
    false,
    inExample,
  ],
  ['a shared sample', { '_shared.yml': shared, 'group.internal.yml': own }, false, inShared],
  ['a shared sample, live', { '_shared.yml': shared, 'group.internal.yml': own }, true, inShared],
  ['own files, live', { 'group.internal.yml': own }, true, []],
  ['own files', { 'group.internal.yml': own }, false, []],
])('judges %s', (_, texts, isLive, expected) => {
  const files = Object.entries(texts).map(([name, text]) => ({
    name,
    path: name,
    kind: 'file' as const,
    bytes: Buffer.from(text),
  }));
  const options: CheckOptions = { today: '2026-11-24', reserved: [], folder: '.', isLive };
  const found = check(files, options).diagnostics.filter(({ code }) => code === 'placeholder');
  expect(found.map(({ file, start }) => `${file}:${start.line}:${start.column}`)).toEqual(expected);
});
