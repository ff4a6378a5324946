import { expect, it } from 'vitest';
import { type Definition, readDefinition } from '../../../schema/src/records/records.ts';
import { review } from '../guard/reason.ts';
import { plan } from '../plan/plan.ts';
import { planJson } from './planJson.ts';
import { planMarkdown } from './planMarkdown.ts';
import { planText } from './planText.ts';
import { asIs } from './redact.ts';

const written: Definition = {
  domain: 'example.com',
  alias: 'info',
  destinations: ['ada@home.example'],
  type: 'person',
  active: true,
};
const off = { active: false } as const;

it.each<[string, Record<string, unknown>, Partial<Definition>, string]>([
  ['a type that means nothing', { type: 'mailinglist' }, {}, 'type: mailinglist -> person'],
  ['null for off', { active: null }, off, 'active: null -> false'],
  ['a text for off', { active: 'false' }, off, 'active: "false" -> false'],
  ['a number for off', { active: 0 }, off, 'active: 0 -> false'],
  [
    'capitals and spaces',
    { destinations: [' Ada@Home.example'] },
    {},
    'destinations:  Ada@Home.example -> ada@home.example',
  ],
  ['a set', { destinations: new Set(['ada@home.example']) }, {}, 'content unchanged'],
  ['what was never said', {}, {}, 'content unchanged'],
  ['a description that is no text', { description: 7 }, {}, 'description: 7 -> none'],
])('shows %s, which a takeover replaces', (_, stored, wanted, expected) => {
  const item = { domain: 'example.com', alias: 'info', destinations: ['ada@home.example'], ...stored };
  const rows = { definitions: [readDefinition(item)], domains: [] };
  const desired = { definitions: [{ ...written, ...wanted }], domains: [] };
  const made = plan(rows, desired, { today: '2026-11-24', reserved: [] }, { pruneForeign: false });
  expect(made.effects).toEqual([]);
  const reviewed = review(made, [], { allowance: new Map() });
  expect(planText(reviewed, asIs)).toContain(`  ~ info@example.com (adopted): ${expected}\n`);
  const [name = '', value = ''] = expected.split(/: | ->/);
  if (expected === 'content unchanged') return;
  expect(planMarkdown(reviewed, asIs)).toContain(`${name}: \`${value.trim()}`);
  expect(planJson(reviewed).changes[0]?.before).toMatchObject(stored);
});
