import { expect, it } from 'vitest';
import { keysIn } from './fileNames.ts';

it.each<[string, string, string, string[]]>([
  [
    'what has a colon',
    'example.com.yml',
    'aliases:\n  board:\n    owner: jane\n',
    ['aliases', 'board', 'owner'],
  ],
  ['nothing deeper than a field', 'example.com.yml', 'a:\n  b:\n    c:\n      jane:\n', ['a', 'b', 'c']],
  ['a name as it should be, too', 'example.com.yml', 'trésorier:\n', ['trésorier', 'tresorier']],
  ['no domain where the name of the file is none', 'jane@gmail.com.yml', 'a:\n', ['a']],
])('keeps %s', (_, name, text, keys) => {
  const file = { name, path: `aliases/${name}`, kind: 'file', bytes: Buffer.from(text) } as const;
  const domains = name.includes('@') ? [] : [name.replace('.yml', '')];
  expect([...keysIn([file])].sort()).toEqual([...domains, ...keys].sort());
});
