import { expect, it } from 'vitest';
import type { Arrow } from '../meaning/drawing.ts';
import type { Recipient } from '../meaning/people.ts';
import { drawingLines } from './drawingMarkdown.ts';
import { asIs, createRedact, type Redact } from './redact.ts';
import { createSpeaker } from './speaker.ts';

const alias = (name: string): Recipient => ({ kind: 'person', name });
const jane = { kind: 'mailbox', address: 'jane@home.test' } as Recipient;
const drawn = (arrows: readonly Arrow[], redact: Redact = asIs): string =>
  drawingLines({ arrows }, createSpeaker('en', redact), redact).join('\n');

it('draws each box once, and says what is new and what goes', () => {
  const text = drawn([
    { from: alias('all'), to: alias('board'), kind: 'kept' },
    { from: alias('board'), to: alias('ada'), kind: 'new' },
    { from: alias('board'), to: jane, kind: 'gone' },
  ]);
  expect(text).toBe(`
\`\`\`mermaid
flowchart LR
  n0["all"]
  n1["board"]
  n2["ada"]
  n3["jane@home.test"]
  n0 --> n1
  n1 ==>|new| n2
  n1 -.->|no longer| n3
\`\`\``);
});

it('hides a private mailbox', () => {
  const redact = createRedact(new Set(['example.com']));
  expect(drawn([{ from: alias('all'), to: jane, kind: 'kept' }], redact)).toContain('["j•••e@h•••.test"]');
});

it.each(['a"]; click b', '```\n# c', '<script>', 'end', '#quot;', '%%{init}%%', 'a|b'])(
  'takes %s for a label and nothing else',
  (name) => {
    const text = drawn([{ from: alias(name), to: alias('b'), kind: 'kept' }]);
    expect(text.split('\n')).toHaveLength(7);
    expect(text).toMatch(/\n {2}n0\["(?:[\p{L}\p{N} .@•_-]|#\d+;)*"\]\n/u);
  },
);
