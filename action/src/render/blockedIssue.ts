import type { Directory } from '../../../schema/src/directory/resolve.ts';
import { type Reaching, who } from '../../../schema/src/directory/who.ts';
import type { Language } from '../../../schema/src/messages/message.ts';
import { isOwner } from '../../../schema/src/rules/owner.ts';
import { type Address, parseAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { endOfBlock } from './answers.ts';
import { cutLines } from './cutLines.ts';
import { type IssueText, roomForLists } from './issues.ts';
import type { Redact } from './redact.ts';
import { createSpeaker, type Marked, type Speaker } from './speaker.ts';
import type { BlockedMailbox } from './tableFacts.ts';

/** Where somebody looks for who is behind an address. */
export interface Place {
  readonly directory: Directory;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Whose repository it is: a team is mentioned by it. */
  readonly organization: string;
}

/**
 * Which aliases have a mailbox that gets no mail, and until when. The mailbox is nobody's business but its owner's, who is
 * mentioned; maintainers see it with `blocked`.
 */
export function blockedIssue(
  blocked: readonly BlockedMailbox[],
  place: Place,
  language: Language,
  redact: Redact,
): IssueText {
  const speaker = createSpeaker(language, redact);
  const items = blocked.map((mailbox) => `- ${blockedLine(mailbox, place, speaker)}`);
  const lines = [
    speaker.say(
      '**What it means:** these people get no mail from us for now, because mail to their mailbox came back.',
    ),
    '',
    ...cutLines(items, roomForLists, speaker),
    '',
    `**${speaker.say('What to do')}**`,
    '',
    `- ${speaker.say('Ask each of them for a mailbox that works, and write it into the files in a pull request.')}`,
    `- ${speaker.say('A maintainer sees which mailboxes they are: {command}.', {
      command: 'npm run forwarder blocked',
    })}`,
    `- ${speaker.say('Where the mailbox works again, a maintainer unblocks it: {command}.', {
      command: 'npm run forwarder unblock ADDRESS',
    })}`,
  ];
  return {
    title: speaker.say('Some mailboxes get no mail, because mail to them came back'),
    body: `${lines.join('\n')}\n`,
    over: speaker.say('Every mailbox gets mail again.'),
  };
}

function blockedLine({ mailbox, until, unblocked }: BlockedMailbox, place: Place, speaker: Speaker): string {
  const reaching = reachingOf(mailbox, place);
  const names = { and: reaching.map(({ address }) => address) };
  const owners = ownersOf(reaching, place);
  const sentences = [
    reaching.length === 0
      ? speaker.say('A mailbox is blocked to which no address leads any more.')
      : endLine(until, names, speaker),
    ...(unblocked === undefined
      ? []
      : [
          speaker.say(
            'It was unblocked on {day, date, long}, and mail to it came back again: it stays blocked.',
            { day: new Date(unblocked * 1_000) },
          ),
        ]),
    ...(owners.length === 0 ? [] : [speaker.say('In charge: {owners}.', { owners: { and: owners } })]),
  ];
  return sentences.join(' ');
}

function endLine(until: number, names: { readonly and: readonly string[] }, speaker: Speaker): string {
  const day = endOfBlock(until);
  return day === undefined
    ? speaker.say('One mailbox behind {names} gets no mail until somebody unblocks it.', { names })
    : speaker.say('One mailbox behind {names} gets no mail until {day, date, long}.', { names, day });
}

/** Addresses and owners named for a mailbox: the maintainers need to know whom to ask, not every group. */
const namedLimit = 5;

/** The aliases that name the mailbox themselves; others lead there through them. */
function reachingOf(mailbox: string, { directory, today }: Place): readonly Reaching[] {
  const { value } = parseAddress(mailbox);
  const all = value === undefined ? [] : who(directory, value, today);
  return all.filter(({ path }) => path.length === 1).slice(0, namedLimit);
}

function ownersOf(reaching: readonly Reaching[], { directory, organization }: Place): readonly Marked[] {
  const owners = reaching.flatMap(({ address }) => ownerOf(address, directory) ?? []).filter(isOwner);
  return [...new Set(owners)].map((owner) => ({
    markdown: `@${owner.startsWith('team:') ? `${organization}/${owner.slice('team:'.length)}` : owner}`,
  }));
}

function ownerOf(address: Address, { definitions }: Directory): string | undefined {
  const { local, domain } = splitAddress(address);
  return definitions.get(domain)?.get(local)?.owner;
}
