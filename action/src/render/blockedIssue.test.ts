import { expect, test } from 'vitest';
import { createDirectory } from '../../../schema/src/directory/resolve.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { blockedIssue } from './blockedIssue.ts';
import { createRedact } from './redact.ts';

const one = (alias: string, destinations: readonly string[], more: Partial<Definition> = {}): Definition => ({
  domain: 'example.com',
  alias,
  destinations,
  type: 'person',
  active: true,
  ...more,
});
const directory = createDirectory({
  definitions: [
    one('jane', ['jane@mailbox.test'], { owner: 'jane-roe' }),
    one('board', ['jane', 'john@mailbox.test', 'li@mailbox.test'], { type: 'group', owner: 'team:board' }),
    one('press', ['li@mailbox.test', 'board'], { owner: 'team:board' }),
    one('info', ['ada@mailbox.test'], { owner: '@everyone](http://evil.test)' }),
    one('old', ['bob@mailbox.test'], { active: false, owner: 'bob' }),
  ],
  domains: [{ domain: 'example.com' }],
});
const place = { directory, today: '2026-11-24', organization: 'example' };
const redact = createRedact(new Set(['example.com']));
const until = Date.UTC(2026, 11, 24) / 1_000;
const unblocked = Date.UTC(2026, 10, 21) / 1_000;

const blocked = [
  { mailbox: 'jane@mailbox.test', until, unblocked },
  { mailbox: 'john@mailbox.test', until: Number.POSITIVE_INFINITY },
  { mailbox: 'li@mailbox.test', until },
  { mailbox: 'ada@mailbox.test', until },
  { mailbox: 'bob@mailbox.test', until },
  { mailbox: 'no address', until },
];

test.each(['en', 'fr'] as const)(
  'names aliases and who is in charge, and no mailbox, in %s',
  async (language) => {
    const { title, body, over } = blockedIssue(blocked, place, language, redact);
    const name = `golden/blocked-mailboxes.${language}.md`;
    await expect(`# ${title}\n\n${body}\n${over}\n`).toMatchFileSnapshot(name);
    expect(body).not.toMatch(/mailbox\.test|m•••/);
  },
);
