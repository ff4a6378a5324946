import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../schema/src/directory/resolve.ts';
import type { Definition } from '../../../schema/src/records/records.ts';
import { readContext } from './context.ts';
import { readInputs } from './inputs.ts';
import { redactFor } from './report.ts';

const runner = {
  inputs: readInputs((name) => (name === 'command' ? 'plan' : '')),
  context: readContext({ GITHUB_REPOSITORY: 'example/mail' }, { repository: { private: false } }),
};

function directoryOf(domains: readonly string[], destinations: readonly string[]) {
  const definition = (domain: string): Definition => ({
    domain,
    alias: 'board',
    destinations,
    type: 'group',
    active: true,
  });
  return createDirectory({ definitions: domains.map(definition), domains: [] });
}

const base = directoryOf(['example.com'], ['jane@home.test', 'jane@gmail.com', 'press']);

describe('a text about a change', () => {
  it.each([
    ['the domain of the base', ['example.com'], 'press@example.com', 'press@example.com'],
    ['a domain that the change gives up', [], 'press@example.com', 'press@example.com'],
    ['a domain that the change adds', ['example.net'], 'press@example.net', 'press@example.net'],
    ['a domain at which the base has a mailbox', ['home.test'], 'jane@home.test', 'j•••e@h•••.test'],
    ['a public provider', ['gmail.com', 'gmx.de'], 'jade@gmx.de', 'j•••e@gmx.de'],
    ['a public provider that the base has', ['gmail.com'], 'jane@gmail.com', 'j•••e@gmail.com'],
    ['the bare domain of a mailbox', ['home.test'], 'home.test', 'h•••.test'],
    ['the bare domain of a provider', ['gmail.com'], 'gmail.com', 'gmail.com'],
    ['a domain that nobody manages', [], 'jane@sea.test', 'j•••e@s•••.test'],
  ])('shows %s as the base has it', (_, domains, text, shown) => {
    expect(redactFor(runner, base, directoryOf(domains, []))(text)).toBe(shown);
  });

  it('hides every address where there is no base, and no name of an alias', () => {
    const redact = redactFor(runner, undefined, directoryOf(['example.com'], ['jane@home.test']));
    expect(redact('board@example.com')).toBe('b•••d@e•••.com');
    expect(redact.destination('board')).toBe('board');
    expect(redact.destination('bord')).toBe('•••');
  });

  it('is as it is in a private repository', () => {
    const context = readContext({}, { repository: { private: true } });
    expect(redactFor({ ...runner, context }, base)('jane@home.test')).toBe('jane@home.test');
  });
});
