import { wordsOf } from '../../../schema/src/messages/message.ts';
import { parseAddress, parseDomain, parseLocalPart, splitAddress } from '../../../schema/src/text/address.ts';
import { isExampleDomain } from '../../../schema/src/text/exampleDomain.ts';

/** What a group has said of itself, checked and folded. */
export interface GroupAnswers {
  readonly domain: string;
  readonly postmaster: readonly string[];
  readonly alias: string;
  readonly to: readonly string[];
  readonly region: string;
  /** `OWNER/NAME`. */
  readonly repository: string;
  readonly alarm: string;
  /** As in a file of code owners. */
  readonly maintainers: readonly string[];
  readonly 'owner-id': number;
  readonly 'repository-id': number;
}

/** What a group is asked, by the names of the options. */
export type QuestionName = keyof GroupAnswers;

/** A text as it was given, read; or a clause that says what is wrong with it, for the end of a sentence that quotes it. */
export type Read<T> = { readonly value: T; readonly fault?: never } | { readonly fault: string };

export interface Question<T> {
  /** What stands for its value in the help. */
  readonly value: string;
  readonly help: string;
  /** As it is asked on a terminal. */
  readonly asks: string;
  /** The answer of who gives none, by those to the questions before; undefined where one is needed. */
  readonly otherwise?: (known: Partial<GroupAnswers>) => string | undefined;
  /** `known`: the answers to the questions before it, as far as they are there. */
  readonly read: (text: string, known: Partial<GroupAnswers>) => Read<T>;
}

/** In the order in which they are asked. */
export const questions: { readonly [name in QuestionName]: Question<GroupAnswers[name]> } = {
  domain: {
    value: 'DOMAIN',
    help: 'the domain that gets mail',
    asks: 'Which domain gets mail?',
    read: readDomain,
  },
  postmaster: {
    value: 'MAILBOX,…',
    help: 'the private mailboxes that get mail to postmaster and abuse',
    asks: 'Which private mailboxes get mail to postmaster and abuse? (with commas between them)',
    read: readMailboxes,
  },
  alias: {
    value: 'NAME',
    help: 'the name of a first address (info)',
    asks: 'What is the name of a first address? (info)',
    otherwise: () => 'info',
    read: readAlias,
  },
  to: {
    value: 'MAILBOX,…',
    help: 'the private mailboxes that get mail to that address',
    asks: 'Which private mailboxes get its mail?',
    read: readMailboxes,
  },
  region: {
    value: 'REGION',
    help: 'the region of AWS, such as eu-west-1',
    asks: 'In which region of AWS? (such as eu-west-1)',
    read: (text) =>
      /^[a-z]{2}(-[a-z]+)+-[0-9]$/.test(text)
        ? { value: text }
        : { fault: 'a region is written like eu-west-1' },
  },
  repository: {
    value: 'OWNER/NAME',
    help: 'your repository on GitHub',
    asks: 'Which repository on GitHub is this? (OWNER/NAME)',
    read: readRepository,
  },
  alarm: {
    value: 'ADDRESS',
    help: 'who is told when an alarm goes off: an address at another domain',
    asks: 'Who is told when an alarm goes off? (an address at another domain)',
    read: readMailbox,
  },
  maintainers: {
    value: '@NAME,…',
    help: 'who must approve changes: logins, or teams as @OWNER/TEAM (the owner of the repository)',
    asks: 'Who must approve changes? (@LOGIN or @OWNER/TEAM; nothing for the owner of the repository)',
    otherwise: ({ repository }) => repository && `@${repository.split('/')[0]}`,
    read: readOwners,
  },
  'owner-id': {
    value: 'NUMBER',
    help: 'the number of its owner (asked of GitHub)',
    asks: 'What does `gh api repos/OWNER/NAME --jq .owner.id` print?',
    read: readNumber,
  },
  'repository-id': {
    value: 'NUMBER',
    help: 'the number of the repository (asked of GitHub)',
    asks: 'What does `gh api repos/OWNER/NAME --jq .id` print?',
    read: readNumber,
  },
};

export const questionNames = Object.keys(questions) as QuestionName[];

/** The answers so far, and the questions that have none or a wrong one. */
export interface Heard {
  readonly known: Partial<GroupAnswers>;
  readonly missing: readonly QuestionName[];
  /** A sentence for each wrong answer. */
  readonly wrong: readonly string[];
}

/** Reads all that is given at once, so that whoever gave it hears of everything at once. */
export function readAnswers(given: Readonly<Partial<Record<QuestionName, string | undefined>>>): Heard {
  const missing: QuestionName[] = [];
  const wrong: string[] = [];
  let known: Partial<GroupAnswers> = {};
  for (const name of questionNames) {
    const { otherwise } = questions[name];
    const text = given[name] ?? otherwise?.(known);
    if (text === undefined) {
      // What has an answer of its own waits only for another one.
      if (otherwise === undefined) missing.push(name);
      continue;
    }
    const { fault, ...read } = questions[name].read(text, known);
    if (fault === undefined) known = { ...known, [name]: 'value' in read ? read.value : undefined };
    else wrong.push(`\`--${name} ${text}\`: ${fault}.`);
  }
  return { known, missing, wrong };
}

/** The answers, once there is one to each question. */
export function allAnswered(known: Partial<GroupAnswers>): known is GroupAnswers {
  return questionNames.every((name) => known[name] !== undefined);
}

const forExamples = 'that domain is kept for examples, and gets no mail';

function readDomain(text: string): Read<string> {
  const { value, fault } = parseDomain(text);
  if (value === undefined) return { fault: wordsOf(fault, 'en') };
  return isExampleDomain(value) ? { fault: forExamples } : { value };
}

function readMailbox(text: string, { domain: own }: Partial<GroupAnswers>): Read<string> {
  const { value, fault } = parseAddress(text);
  if (value === undefined) return { fault: wordsOf(fault, 'en') };
  const { domain } = splitAddress(value);
  if (isExampleDomain(domain)) return { fault: forExamples };
  return domain === own ? { fault: `it must be at another domain: mail to ${domain} comes here` } : { value };
}

function readMailboxes(text: string, known: Partial<GroupAnswers>): Read<readonly string[]> {
  const read = partsOf(text).map((part) => readMailbox(part, known));
  return allOf(read, 'write an address, or several with commas between them');
}

function readAlias(text: string): Read<string> {
  const { value, fault } = parseLocalPart(text);
  if (value === undefined) return { fault: wordsOf(fault, 'en') };
  return taken.has(value) ? { fault: 'that name has a use of its own: choose another one' } : { value };
}

/** Postmaster and abuse are shared aliases; forwards and answers to senders come from the others. */
const taken = new Set(['postmaster', 'abuse', 'forwarder-daemon', 'mailer-daemon']);

function readRepository(text: string): Read<string> {
  const [, owner] =
    /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?)\/[A-Za-z0-9._-]{1,100}$/.exec(text) ?? [];
  if (owner === undefined) return { fault: 'write the owner and the name with a slash between them' };
  return /^example$/i.test(owner) ? { fault: 'that is the sample of the template' } : { value: text };
}

function readOwners(text: string): Read<readonly string[]> {
  const read = partsOf(text).map((part): Read<string> => {
    const name = part.startsWith('@') ? part : `@${part}`;
    if (/^@example(\/|$)/i.test(name)) return { fault: 'that is the sample of the template' };
    return /^@[A-Za-z0-9-]+(\/[A-Za-z0-9._-]+)?$/.test(name)
      ? { value: name }
      : { fault: 'write logins as @LOGIN, and teams as @OWNER/TEAM' };
  });
  return allOf(read, 'write at least one');
}

function readNumber(text: string): Read<number> {
  // `1` is what the template has.
  return /^[1-9]\d{0,14}$/.test(text) && text !== '1'
    ? { value: Number(text) }
    : { fault: 'it must be the number that GitHub has for it' };
}

function partsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

function allOf<T>(read: readonly Read<T>[], none: string): Read<readonly T[]> {
  const values: T[] = [];
  for (const one of read) {
    if (one.fault !== undefined) return one;
    values.push(one.value);
  }
  return values.length === 0 ? { fault: none } : { value: [...new Set(values)] };
}
