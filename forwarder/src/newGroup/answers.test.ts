import { describe, expect, it } from 'vitest';
import { allAnswered, questionNames, readAnswers } from './answers.ts';

const given = {
  domain: 'Sonnenhof.internal',
  postmaster: 'jane@mailbox.internal, Mia@home.internal',
  to: 'jane@mailbox.internal jane@mailbox.internal',
  region: 'eu-central-1',
  repository: 'sonnenhof/mail',
  alarm: 'jane@mailbox.internal',
  'owner-id': '11',
  'repository-id': '12',
};

describe('the answers', () => {
  it('are read, folded, and completed', () => {
    const { known, missing, wrong } = readAnswers(given);
    expect({ missing, wrong, isWhole: allAnswered(known) }).toEqual({
      missing: [],
      wrong: [],
      isWhole: true,
    });
    expect(known).toEqual({
      domain: 'sonnenhof.internal',
      postmaster: ['jane@mailbox.internal', 'mia@home.internal'],
      alias: 'info',
      to: ['jane@mailbox.internal'],
      region: 'eu-central-1',
      repository: 'sonnenhof/mail',
      alarm: 'jane@mailbox.internal',
      maintainers: ['@sonnenhof'],
      'owner-id': 11,
      'repository-id': 12,
    });
  });

  it('are all missing at first, but those that have one of their own', () => {
    expect(readAnswers({}).missing).toEqual(
      questionNames.filter((name) => !/^(alias|maintainers)$/.test(name)),
    );
    expect(allAnswered(readAnswers({}).known)).toBe(false);
  });

  it.each([
    ['domain', 'sonnenhof', 'sonnenhof'],
    ['domain', 'example.com', 'kept for examples'],
    ['postmaster', 'jane', 'it has no `@`'],
    ['postmaster', 'li.wei@mailbox.example', 'kept for examples'],
    ['postmaster', 'jane@sonnenhof.internal', 'it must be at another domain: mail to sonnenhof.internal'],
    ['postmaster', ' , ', 'write an address'],
    ['alias', 'jane doe', 'a space'],
    ['alias', 'Postmaster', 'has a use of its own'],
    ['alias', 'forwarder-daemon', 'has a use of its own'],
    ['to', 'jane@mailbox.internal,mia', 'it has no `@`'],
    ['region', 'Frankfurt', 'like eu-west-1'],
    ['repository', 'mail', 'with a slash'],
    ['repository', 'Example/mail', 'the sample of the template'],
    ['alarm', 'alarm@sonnenhof.internal', 'it must be at another domain'],
    ['maintainers', '@example/maintainers', 'the sample of the template'],
    ['maintainers', 'a b!', 'write logins'],
    ['maintainers', '', 'at least one'],
    ['owner-id', '1', 'the number that GitHub has'],
    ['repository-id', 'mail', 'the number that GitHub has'],
  ])('refuse --%s %s', (name, text, fault) => {
    const { wrong, missing, known } = readAnswers({ ...given, [name]: text });
    expect({ missing, wrong }).toEqual({
      missing: [],
      wrong: [expect.stringContaining(`\`--${name} ${text}\`: `)],
    });
    expect(wrong[0]).toContain(fault);
    expect(allAnswered(known)).toBe(false);
  });

  it.each([
    ['jane', ['@jane']],
    ['@sonnenhof/board @mia', ['@sonnenhof/board', '@mia']],
  ])('read the maintainers %s', (maintainers, owners) => {
    expect(readAnswers({ ...given, maintainers }).known.maintainers).toEqual(owners);
  });
});
