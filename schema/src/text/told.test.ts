import { expect, it } from 'vitest';
import { say } from '../messages/message.ts';
import type { Finding } from './diagnostic.ts';
import { told } from './told.ts';

const place = { file: 'a.yml', start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
const related = [{ ...place, message: say('the first is here') }];
const finding: Finding = {
  code: 'duplicate-key',
  severity: 'error',
  message: say('`{name}` is defined twice.', { name: 'type' }),
  help: say('delete one of the two'),
  related,
  correction: { firstLine: 1, lastLine: 1, lines: [] },
  ...place,
};

it.each([
  ['en', '`type` is defined twice.', 'delete one of the two', 'the first is here'],
  ['fr', '`type` est défini deux fois.', 'supprimez l’un des deux', 'la première mention est ici'],
] as const)(
  'tells all of a finding in %s, and nothing else of it changes',
  (language, message, help, first) => {
    expect(told([finding], language)).toEqual([
      { ...finding, message, help, related: [{ ...place, message: first }] },
    ]);
  },
);

it('tells the places that findings share once', () => {
  const [one, other] = told([finding, { ...finding }], 'en');
  expect(one?.related).toBe(other?.related);
});

it('has no help and no other place where there is none', () => {
  const { help: _, related: __, ...bare } = finding;
  expect(Object.keys(told([bare], 'en')[0] ?? {})).toEqual(Object.keys(bare));
});
