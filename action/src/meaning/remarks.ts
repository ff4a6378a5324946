import { type Message, say, type Template } from '../../../schema/src/messages/message.ts';
import { type FieldName, fieldNames } from '../../../schema/src/records/aliasFields.ts';
import { canonicalJson, type Definition, type DomainRecord } from '../../../schema/src/records/records.ts';
import { joinAddress } from '../../../schema/src/text/address.ts';
import type { Change, DefinitionChange, DomainChange } from '../plan/change.ts';
import type { Plan } from '../plan/plan.ts';
import { isDay } from './endings.ts';

/** What a plan changes besides who gets mail: domains and their filters first, then what is said of aliases. */
export function remarksOf({ changes, effects }: Pick<Plan, 'changes' | 'effects'>, today: string): Message[] {
  const addresses = new Set<string>(effects.map(({ address }) => address));
  const isOfDomain = (change: Change): change is DomainChange => change.table === 'domains';
  const isOfAlias = (change: Change): change is DefinitionChange => change.table === 'definitions';
  return [
    ...changes.filter(isOfDomain).flatMap(domainRemarks),
    ...changes.filter(isOfAlias).flatMap((change) => aliasRemarks(change, addresses, today)),
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
  return [
    say('{domain} becomes another name for {main}: mail to an address there goes where it goes at {main}.', {
      domain,
      main,
    }),
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

function aliasRemarks(change: DefinitionChange, addresses: ReadonlySet<string>, today: string): Message[] {
  const record = change.kind === 'delete' ? change.before.record : change.after;
  const address = joinAddress(record.alias, record.domain);
  const hasEffect = addresses.has(address);
  if (change.kind === 'create')
    return hasEffect ? [] : [say('{address} is new and reaches nobody yet.', { address })];
  if (change.kind === 'delete') {
    return hasEffect
      ? []
      : [say('{address} is removed; it reached nobody, or the same people still get its mail.', { address })];
  }
  const was = change.before.record;
  const fields = changedFields(was, change.after, hasEffect).map(wordsFor);
  return [
    ...expiryRemarks(was, change.after, today),
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

/** A date that ends is told here; one that begins brings something on that day. */
function expiryRemarks(was: Definition, is: Definition, today: string): Message[] {
  const { expires = '' } = was;
  if (is.expires !== undefined || expires <= today || !isDay(expires)) return [];
  const address = joinAddress(is.alias, is.domain);
  return [say('{address} no longer stops on {day, date, long}.', { address, day: new Date(expires) })];
}

const fieldWords: Partial<Record<FieldName, Template>> = {
  destinations: 'the way its destinations are written',
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
