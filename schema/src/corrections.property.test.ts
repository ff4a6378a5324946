import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check } from './check.ts';
import { readableFile as seed } from './readableFile.fake.ts';
import type { Correction, Diagnostic } from './text/diagnostic.ts';

const options = { today: '2026-11-24', reserved: ['forwarder-daemon'], folder: 'aliases' };

/** The slips that have a cure, in place of what is right. */
const slips: readonly (readonly [string | RegExp, string])[] = [
  ['destinations:', 'destination:'],
  ['destinations: [', 'destinations [ '],
  ['type: group', 'type: grup'],
  ['type: person', 'type = person'],
  ['active: false', 'active: no'],
  ['"*":', '*:'],
  ['      - john.doe', '      -john.doe'],
  ['john.doe@gmail.com, ', 'john.doe@gmail.com '],
  ['john.doe@gmail.com', 'John <john.doe@gmail.com>'],
  ['owner: johndoe', 'owner: "@johndoe"'],
  ['2027-06-30', '30.6.2027'],
  ['  board:', '  board'],
  ['  board:', '  - board:'],
  ['[board]', '[board'],
  ['[board]', 'board'],
  ['[board]', '[board, board]'],
  ['[board]', '{board}'],
  ['jane:', 'jane doe:'],
  ["'Elected until 2027'", 'Elected: until 2027'],
];

const slipped = fc
  .subarray([...slips], { minLength: 1, maxLength: 4 })
  .map((wrong) => wrong.reduce((text, [right, slip]) => text.replace(right, () => slip), seed));

function diagnosticsOf(text: string): readonly Diagnostic[] {
  const bytes = new TextEncoder().encode(text);
  const path = 'aliases/example.com.yml';
  return check([{ name: 'example.com.yml', path, kind: 'file', bytes }], options).diagnostics;
}

function applied(text: string, { firstLine, lastLine, lines }: Correction): string {
  return text
    .split('\n')
    .toSpliced(firstLine - 1, lastLine - firstLine + 1, ...lines)
    .join('\n');
}

function addressesIn(text: string): string[] {
  return text.match(/[^\s,;:<>()[\]"'`{}]+@[^\s,;:<>()[\]"'`{}]+/g) ?? [];
}

it('a file with slips no longer has one after its correction, and has no address that was not there', () => {
  fc.assert(
    fc.property(slipped, (text) => {
      const before = diagnosticsOf(text);
      for (const one of before) {
        if (one.correction === undefined) continue;
        const after = diagnosticsOf(applied(text, one.correction));
        const same = ({ code, message }: Diagnostic) => code === one.code && message === one.message;
        expect(after.filter(same).length).toBeLessThan(before.filter(same).length);
        const known = `${text} ${one.help}`;
        for (const address of one.correction.lines.flatMap(addressesIn)) expect(known).toContain(address);
      }
    }),
    { numRuns: 400 },
  );
});
