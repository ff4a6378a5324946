import { type Directory, explain, type Moment } from '../../../schema/src/directory/resolve.ts';
import { type Message, say, type Template } from '../../../schema/src/messages/message.ts';
import { type FieldName, fieldNames } from '../../../schema/src/records/aliasFields.ts';
import { canonicalJson, type Definition, type DomainRecord } from '../../../schema/src/records/records.ts';
import { type Address, joinAddress } from '../../../schema/src/text/address.ts';
import type { Change, DefinitionChange, DomainChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { isDay } from './endings.ts';

/** What a plan changes besides who gets mail: domains and their filters first, then what is said of aliases. */
export function remarksOf(
  plan: Pick<Plan, 'changes' | 'effects' | 'before' | 'after'>,
  moment: Moment,
): Message[] {
  const { changes } = plan;
  const addresses = new Set<string>(plan.effects.map(({ address }) => address));
  const isOfDomain = (change: Change): change is DomainChange => change.table === 'domains';
  const isOfAlias = (change: Change): change is DefinitionChange => change.table === 'definitions';
  return [
    ...changes.filter(isOfDomain).flatMap(domainRemarks),
    ...changes.filter(isOfAlias).flatMap((change) => aliasRemarks(change, addresses, plan, moment)),
  ];
}

function domainRemarks(change: DomainChange): Message[] {
  const was = change.kind === 'create' ? undefined : change.before.record;
  const is = change.kind === 'delete' ? undefined : change.after;
  return [...nameRemarks(was, is), ...filterRemarks(was, is)];
}

function nameRemarks(was: DomainRecord | undefined, is: DomainRecord | undefined): Message[] {
  if (is === undefined) {
    return was === undefined
      ? []
      : [say('{domain} is given up: mail to any address there reaches nobody.', { domain: was.domain })];
  }
  const { domain, aliasfor: main } = is;
  if (was !== undefined && was.aliasfor === main) return [];
  if (main === undefined) {
    return was === undefined
      ? [say('{domain} is a new domain of this group.', { domain })]
      : [
          say('{domain} is no longer another name for {main}: it has addresses of its own.', {
            domain,
            main: was.aliasfor ?? '',
          }),
        ];
  }
  if (was === undefined) {
    return [
      say(
        '{domain} becomes another name for {main}: mail to an address there goes where it goes at {main}.',
        {
          domain,
          main,
        },
      ),
    ];
  }
  return was.aliasfor === undefined
    ? [
        say(
          '{domain} has no addresses of its own any more and becomes another name for {main}: mail to an address there goes where it goes at {main}.',
          { domain, main },
        ),
      ]
    : [
        say(
          '{domain} becomes another name for {main} instead of {former}: mail to an address there goes where it goes at {main}.',
          { domain, main, former: was.aliasfor },
        ),
      ];
}

function filterRemarks(was: DomainRecord | undefined, is: DomainRecord | undefined): Message[] {
  const [before, after] = [was?.filter ?? 'default', is?.filter ?? 'default'];
  if (is === undefined || canonicalJson(before) === canonicalJson(after)) return [];
  const { domain } = is;
  if (after === 'strict') {
    return [say('Mail to {domain} is checked more strictly: the filter becomes “strict”.', { domain })];
  }
  if (before === 'strict') {
    return [say('Mail to {domain} is checked less strictly: the filter is no longer “strict”.', { domain })];
  }
  return [say('The filter for mail to {domain} changes.', { domain })];
}

function aliasRemarks(
  change: DefinitionChange,
  addresses: ReadonlySet<string>,
  { before, after }: Pick<Plan, 'before' | 'after'>,
  moment: Moment,
): Message[] {
  const record = change.kind === 'delete' ? change.before.record : change.after;
  const address = joinAddress(record.alias, record.domain);
  const hasEffect = addresses.has(address);
  if (change.kind === 'create') {
    if (hasEffect) return [];
    return reaches(after, address, moment)
      ? [say('{address} gets a line of its own; the same people as before get its mail.', { address })]
      : [say('{address} is new and reaches nobody yet.', { address })];
  }
  if (change.kind === 'delete') {
    if (hasEffect) return [];
    return reaches(before, address, moment)
      ? [
          say('{address} has no line of its own any more; the same people as before get its mail.', {
            address,
          }),
        ]
      : [say('{address} is removed; it reached nobody.', { address })];
  }
  const was = change.before.record;
  const fields = changedFields(was, change.after, hasEffect).map(wordsFor);
  return [
    ...expiryRemarks(was, change.after, moment.today),
    ...(fields.length === 0
      ? []
      : [
          say('{address}: {count, plural, one {{fields} changes} other {{fields} change}}.', {
            address,
            fields: { and: fields },
            count: fields.length,
          }),
        ]),
  ];
}

function reaches(directory: Directory, address: Address, moment: Moment): boolean {
  return explain(directory, address, moment).destinations.length > 0;
}

/** A date that ends is told here; one that begins brings something on that day. */
function expiryRemarks(was: Definition, is: Definition, today: string): Message[] {
  const { expires = '' } = was;
  if (is.expires === expires || expires <= today || !isDay(expires)) return [];
  const parts = { address: joinAddress(is.alias, is.domain), day: new Date(expires) };
  return is.expires === undefined
    ? [say('{address} no longer stops on {day, date, long}.', parts)]
    : [say('Until now {address} was to stop on {day, date, long}.', parts)];
}

const fieldWords: Partial<Record<FieldName, Template>> = {
  destinations: 'the list of its destinations',
  active: 'the switch “active”',
  type: 'the type',
  description: 'the description',
  owner: 'the owner',
};

function wordsFor(name: FieldName): Message {
  const words = fieldWords[name];
  return words === undefined ? say('the field “{name}”', { name }) : say(words);
}

/** Why mail goes elsewhere is told with the address; what is left here moves no mail. */
function changedFields(was: Definition, is: Definition, hasEffect: boolean): FieldName[] {
  const toldElsewhere: readonly FieldName[] = hasEffect ? ['destinations', 'active', 'expires'] : ['expires'];
  const names = fieldNames.filter((name) => !toldElsewhere.includes(name));
  return names.filter((name) => canonicalJson(was[name] ?? null) !== canonicalJson(is[name] ?? null));
}
