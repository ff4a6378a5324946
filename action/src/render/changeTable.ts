import { type Message, say } from '../../../schema/src/messages/message.ts';
import { type Address, catchAll, splitAddress } from '../../../schema/src/text/address.ts';
import type { AddressChange } from '../meaning/addressChange.ts';
import type { ChangeMeaning } from '../meaning/changeMeaning.ts';
import type { Ending } from '../meaning/endings.ts';
import type { Recipient } from '../meaning/people.ts';
import { capital, type Speaker } from './speaker.ts';

/** People, or days, that one place names; the others are counted. */
const namedLimit = 12;

/** The head of the table of who gets mail, and a line for each address. */
export interface ChangeTable {
  readonly head: readonly string[];
  readonly lines: readonly string[];
}

/** Mail to | until now | from now on | why. */
export function changeTable({ addresses }: ChangeMeaning, speaker: Speaker): ChangeTable {
  const titles = [
    speaker.say('Mail to'),
    speaker.say('until now'),
    speaker.say('from now on'),
    speaker.say('why'),
  ];
  return {
    head: ['', tableLine(titles), tableLine(titles.map(() => '---'))],
    lines: addresses.map(({ address, before, after, why }) =>
      tableLine([
        addressWords(address, speaker),
        peopleWords(before, speaker),
        peopleWords(after, speaker),
        speaker.message(why),
      ]),
    ),
  };
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function addressWords(address: Address, speaker: Speaker): string {
  const { local, domain } = splitAddress(address);
  return local === catchAll
    ? speaker.say('any other address at {domain}', { domain })
    : speaker.text(address);
}

function peopleWords(recipients: readonly Recipient[], speaker: Speaker): string {
  if (recipients.length === 0) return speaker.say('nobody');
  return listOf(recipients.map(recipientWords), speaker);
}

/** Things that are named, as many as can be read. */
export function listOf(items: readonly (string | Message)[], speaker: Speaker): string {
  const more = items.length - namedLimit;
  const shown = items.slice(0, namedLimit);
  return speaker.say('{names}', {
    names: { and: more > 0 ? [...shown, say('{more} more', { more })] : shown },
  });
}

/** A text from outside, or one of ours with such a text in it. */
export function recipientWords(recipient: Recipient): string | Message {
  switch (recipient.kind) {
    case 'mailbox':
      return recipient.address;
    case 'person':
      return recipient.name;
    case 'group':
      return recipient.of === 'people'
        ? say('{name} ({count, plural, one {# person} other {# people}})', recipient)
        : say('{name} ({count, plural, one {# mailbox} other {# mailboxes}})', recipient);
  }
}

/** "The same at example.net." */
export function alsoAtLines({ alsoAt }: ChangeMeaning, speaker: Speaker): string[] {
  return alsoAt.slice(0, namedLimit).map(({ domain, names }) =>
    speaker.say('The addresses at {domain} also work at {names}.', {
      domain,
      names: { and: names.slice(0, namedLimit) },
    }),
  );
}

/** What later days bring, and what else changes, a line each. */
export function laterLines({ endings, remarks }: ChangeMeaning, speaker: Speaker): string[] {
  return [
    ...endings.flatMap((ending) => endingLines(ending, speaker)),
    ...remarks.map((remark) => capital(speaker.message(remark))),
  ];
}

function endingLines({ day, stops, loses }: Ending, speaker: Speaker): string[] {
  const lines: string[] = [];
  if (stops.length > 0) {
    const names = { markdown: listOf(stops, speaker) };
    lines.push(
      speaker.say('On {day, date, long} {names} {count, plural, one {stops} other {stop}} working.', {
        day,
        names,
        count: stops.length,
      }),
    );
  }
  for (const { addresses, people } of loses) {
    const names = { markdown: listOf(addresses, speaker) };
    const gone = { markdown: peopleWords(people, speaker) };
    lines.push(
      speaker.say('From {day, date, long} mail to {names} no longer reaches {gone}.', { day, names, gone }),
    );
  }
  return lines;
}

export function bulleted(lines: readonly string[]): string[] {
  return lines.map((line) => `- ${line}`);
}

/** Days of which the first sentence speaks. */
const summedDays = 4;

/** "2 addresses reach other people and 1 address stops working on 31 January 2027." */
export function summingSentence(meaning: ChangeMeaning, speaker: Speaker): string {
  const today = clausesOfToday(meaning);
  const later = meaning.endings.slice(0, summedDays).flatMap(clausesOfDay);
  const joined = (clauses: readonly Message[]): string =>
    speaker.say('{clauses}.', { clauses: { and: clauses } });
  if (today.length > 0) return joined([...today, ...later]);
  return later.length === 0
    ? speaker.say('Nobody gets other mail.')
    : `${speaker.say('Nobody gets other mail now.')} ${joined(later)}`;
}

function clausesOfToday({ counts, domains }: ChangeMeaning): Message[] {
  const clauses = [
    say('{count, plural, one {# address reaches} other {# addresses reach}} other people', {
      count: counts.other,
    }),
    say('{count, plural, one {# address starts} other {# addresses start}} working', { count: counts.new }),
    say('{count, plural, one {# address stops} other {# addresses stop}} working', { count: counts.gone }),
    say('{count, plural, one {# domain is} other {# domains are}} added', { count: domains.come.length }),
    say('{count, plural, one {# domain leads} other {# domains lead}} to other addresses', {
      count: domains.moved.length,
    }),
    say('{count, plural, one {# domain is} other {# domains are}} given up', { count: domains.gone.length }),
  ];
  return clauses.filter(({ parts }) => parts.count !== 0);
}

function clausesOfDay({ day, stops, loses }: Ending): Message[] {
  const clauses: Message[] = [];
  if (stops.length > 0) {
    clauses.push(
      say('{count, plural, one {# address stops} other {# addresses stop}} working on {day, date, long}', {
        count: stops.length,
        day,
      }),
    );
  }
  if (loses.length > 0) {
    clauses.push(
      say(
        '{count, plural, one {# address reaches} other {# addresses reach}} fewer people from {day, date, long}',
        {
          count: loses.flatMap(({ addresses }) => addresses).length,
          day,
        },
      ),
    );
  }
  return clauses;
}

/** "mail to board@example.com now also reaches li.wei" */
export function newsOf({ address, kind, come, gone }: AddressChange, speaker: Speaker): string {
  const parts = {
    address: { markdown: addressWords(address, speaker) },
    come: { markdown: peopleWords(come, speaker) },
    gone: { markdown: peopleWords(gone, speaker) },
  };
  if (kind === 'gone')
    return speaker.say('mail to {address} goes back to its sender; it reached {gone}', parts);
  if (kind === 'new') return speaker.say('mail to {address} now reaches {come}', parts);
  if (gone.length === 0) return speaker.say('mail to {address} now also reaches {come}', parts);
  if (come.length === 0) return speaker.say('mail to {address} no longer reaches {gone}', parts);
  return speaker.say('mail to {address} now reaches {come} instead of {gone}', parts);
}
