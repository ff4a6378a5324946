import { expect, test } from 'vitest';
import { faultsOf, type Source } from './house.ts';

const arrows = {
  'schema/src/text': [],
  'schema/src/rules': ['schema/src/text'],
  'schema/src': ['schema/src/**'],
  'action/src/one': ['action/src/two'],
  'action/src/two': ['action/src/one'],
  'action/src/plan': [],
  'action/src/terminal': [],
  'forwarder/src/mail': [],
  'forwarder/src/aws': [],
  'forwarder/local': [],
};

const file = (path: string, ...imported: readonly string[]): Source => ({
  path,
  text: imported.map((from) => `import { x } from '${from}';`).join('\n'),
});

test.each([
  {
    what: 'an import against an arrow',
    sources: [file('schema/src/text/a.ts', './b.ts', '../rules/c.ts'), file('schema/src/text/b.ts')],
    faults: [
      'schema/src/text/a.ts:2: schema/src/text does not import schema/src/rules: see test/house/arrows.ts.',
    ],
  },
  {
    what: 'a type import and an import() against one',
    sources: [
      {
        path: 'schema/src/text/a.ts',
        text: "import type { X } from '../rules/c.ts';\nawait import('../rules/d.ts');",
      },
    ],
    faults: [
      'schema/src/text/a.ts:1: schema/src/text does not import schema/src/rules: see test/house/arrows.ts.',
      'schema/src/text/a.ts:2: schema/src/text does not import schema/src/rules: see test/house/arrows.ts.',
    ],
  },
  {
    what: 'a side-effect import against one',
    sources: [{ path: 'schema/src/text/a.ts', text: "import './b.ts';\nimport '../rules/c.ts';" }],
    faults: [
      'schema/src/text/a.ts:2: schema/src/text does not import schema/src/rules: see test/house/arrows.ts.',
    ],
  },
  {
    what: 'rooms that the table does not have, also without an import',
    sources: [file('schema/src/new/a.ts', '../rules/b.ts'), file('schema/src/text/deep/c.ts')],
    faults: [
      'schema/src/new is not in test/house/arrows.ts.',
      'schema/src/text/deep is not in test/house/arrows.ts.',
    ],
  },
  {
    what: 'files that import each other, over a third',
    sources: [
      file('schema/src/text/a.ts', './b.ts'),
      file('schema/src/text/b.ts', './c.ts'),
      file('schema/src/text/c.ts', './a.ts'),
      file('schema/src/text/d.ts', './a.ts'),
    ],
    faults: [
      'These files import each other: schema/src/text/a.ts, schema/src/text/b.ts, schema/src/text/c.ts.',
    ],
  },
  {
    what: 'folders that import each other',
    sources: [file('action/src/one/a.ts', '../two/b.ts'), file('action/src/two/c.ts', '../one/d.ts')],
    faults: ['These folders import each other: action/src/one, action/src/two.'],
  },
  {
    what: 'a name that stands twice in a side, commands and functions apart',
    sources: [
      file('action/src/plan/plan.ts'),
      file('action/src/terminal/plan.ts'),
      file('forwarder/src/mail/plan.ts'),
      file('forwarder/src/aws/sender.ts'),
      file('forwarder/local/sender.ts'),
    ],
    faults: [
      'These files have one name, and one side: forwarder/local/sender.ts, forwarder/src/aws/sender.ts.',
    ],
  },
  {
    what: 'nothing where all is as it should be',
    sources: [
      file('schema/src/check.ts', './rules/a.ts', './text/b.ts'),
      file('schema/src/rules/a.ts', '../text/b.ts'),
    ],
    faults: [],
  },
])('finds $what', ({ sources, faults }) => {
  expect(faultsOf(sources, arrows)).toEqual(faults);
});
