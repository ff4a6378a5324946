import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../schema/src/files/policy.ts';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import type { Definition, DomainRecord, Records } from '../../../schema/src/records/records.ts';
import { rowsOfRevision } from '../plan/change.ts';
import { plan } from '../plan/plan.ts';
import { assess } from './assess.ts';

const moment = { today: '2026-11-24', reserved: [] };

function records(mailboxes: readonly string[], ...domains: readonly DomainRecord[]): Records {
  const definitions = mailboxes.map(
    (mailbox, n): Definition => ({
      domain: 'example.com',
      alias: `a${n}`,
      destinations: [mailbox],
      type: 'person',
      active: n !== 1,
    }),
  );
  return { definitions, domains: [{ domain: 'example.com' }, ...domains] };
}

const here = ['a@m.example', 'b@n.example', 'a0@example.com'];
const managed = (domain: string) => ({ domain });
const aliasDomain = (domain: string) => ({ domain, aliasfor: 'example.com' });

function codes(after: Records, base?: readonly string[], head?: readonly string[]): string[] {
  const made = plan(rowsOfRevision(records(here)), after, moment, { pruneForeign: false });
  const policyWith = (domains?: readonly string[]) => ({
    ...defaultPolicy,
    ...(domains === undefined ? {} : { domains }),
  });
  return assess(made, { base: policyWith(base), head: policyWith(head) }, moment).map(({ code }) => code);
}

describe('a domain that comes', () => {
  it.each<[string, DomainRecord, readonly string[]]>([
    ['of which nobody has said anything', managed('example.org'), []],
    ['where an alias has its mailbox', managed('m.example'), ['mailbox-domain', 'mass-removal']],
    [
      'as an alias domain where an alias has its mailbox',
      aliasDomain('m.example'),
      ['mailbox-domain', 'mass-removal'],
    ],
    ['where an inactive alias has its mailbox', managed('n.example'), ['mailbox-domain']],
    ['of a public provider', managed('gmail.com'), ['mailbox-domain']],
    ['of a public provider, as an alias domain', aliasDomain('hotmail.co.uk'), ['mailbox-domain']],
  ])('is judged where it is one %s', (_, domain, expected) => {
    expect(codes(records(here, domain))).toEqual(expected);
  });

  it.each<[string, readonly string[] | undefined, readonly string[] | undefined, readonly string[]]>([
    ['there is no list', undefined, undefined, []],
    ['the list has it', ['example.com', 'example.org'], ['example.com', 'example.org'], []],
    ['the list lacks it', ['example.com'], ['example.com'], ['domain-added']],
    [
      'the change alone lists it',
      ['example.com'],
      ['example.com', 'example.org'],
      ['policy-loosened', 'domain-added'],
    ],
    ['the change begins a list without it', undefined, ['example.com'], ['domain-added']],
    ['the change begins a list with it', undefined, ['example.com', 'example.org'], []],
    ['the change drops the list', ['example.com'], undefined, ['policy-loosened', 'domain-added']],
  ])('is judged where %s', (_, base, head, expected) => {
    expect(codes(records(here, managed('example.org')), base, head)).toEqual(expected);
    expect(codes(records(here, aliasDomain('example.org')), base, head)).toEqual(expected);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    [
      'one',
      ['m.example'],
      [
        'm.example would be added, and is not among the domains that _policy.yml lists.',
        'm.example would become a domain of this group, and is where people have their mailboxes.',
      ],
    ],
    [
      'two',
      ['n.example', 'm.example'],
      [
        'm.example and n.example would be added, and are not among the domains that _policy.yml lists.',
        'm.example and n.example would become domains of this group, and are where people have their mailboxes.',
      ],
    ],
  ])('is named, where it is %s', (_, domains, expected) => {
    const policy = { ...defaultPolicy, domains: ['example.com'] };
    const after = records(here, ...domains.map(managed));
    const made = plan(rowsOfRevision(records(here)), after, moment, { pruneForeign: false });
    const reasons = assess(made, { base: policy, head: policy }, moment);
    expect(
      reasons
        .filter(({ code }) => code === 'domain-added' || code === 'mailbox-domain')
        .map(({ message }) => wordsOf(message, 'en')),
    ).toEqual(expected);
  });

  it('is one without mailboxes where only an alias of ours is there', () => {
    const refers = ['a0@example.org'];
    const made = plan(rowsOfRevision(records(refers)), records(refers), moment, { pruneForeign: false });
    expect(assess(made, { base: undefined, head: defaultPolicy }, moment)).toEqual([]);
  });

  it('may be allowed as what it becomes, and not as something else', () => {
    const about = (domain: DomainRecord) => {
      const made = plan(rowsOfRevision(records(here)), records(here, domain), moment, {
        pruneForeign: false,
      });
      return assess(made, { base: undefined, head: defaultPolicy }, moment)[0]?.about;
    };
    expect(about(managed('m.example'))).toEqual([{ name: 'm.example', outcome: 'managed' }]);
    expect(about(aliasDomain('m.example'))).toEqual([
      { name: 'm.example', outcome: 'alias domain of example.com' },
    ]);
  });
});
