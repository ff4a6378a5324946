import { describe, expect, it } from 'vitest';
import {
  type Directory,
  explain,
  follow,
  isInForce,
  mainDomain,
} from '../../../schema/src/directory/resolve.ts';
import type { Language } from '../../../schema/src/messages/message.ts';
import { destinationsOf } from '../../../schema/src/records/aliasFields.ts';
import { allowLabel, reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import { type Address, catchAll, joinAddress, splitAddress } from '../../../schema/src/text/address.ts';
import type { Review } from '../guard/reason.ts';
import { definedAddresses, type Effect, type Plan } from '../plan/plan.ts';
import { compared, goldenCases, moment, type Said, said } from './goldenCase.fake.ts';
import type { Redact } from './redact.ts';

// What a member asks of a comment, answered by the plan, and looked for in what shows without unfolding anything.

const casesIn = (folder: string) =>
  goldenCases(folder).flatMap((one) => one.languages.map((language) => ({ one, name: one.name, language })));

const words = {
  en: {
    nobody: 'nobody',
    next: '**Next:**',
    merge: 'approves and merges',
    soon: 'About a minute after the merge',
    never: 'Nobody’s mail changes then',
    pencil: 'open the file again with the pencil',
    more: /and (\d+) more$/,
  },
  fr: {
    nobody: 'personne',
    next: '**Et ensuite\u00a0:**',
    merge: /l’approuve alors et la fusionne|approuve et fusionne/,
    soon: 'Environ une minute après',
    never: 'Le courrier de chacun reste alors le même',
    pencil: 'ouvrez de nouveau le fichier avec le crayon',
    more: /et (\d+) de plus$/,
  },
} as const;

function visibleOf({ saying: { comment } }: Said): string {
  return comment
    .replace(/<details>.*?<\/details>/gs, '')
    .replace(/```mermaid.*?```/gs, '')
    .replace(
      /<code>(.*?)<\/code>/g,
      (_, text: string) => `\`${text.replaceAll('&#64;<wbr>', '@').replaceAll('\\', '')}\``,
    );
}

function reviewOf({ reviewed: { review } }: Said): Review {
  if (review === undefined) throw new Error('the files have mistakes');
  return review;
}

describe.each(casesIn('changes'))('the comment on $name ($language)', ({ one, language: asked }) => {
  const saidOnce = said(one, asked);

  it('answers who gets mail from now on, and who did before', async () => {
    const found = await saidOnce;
    const { language } = found;
    const { plan } = reviewOf(found);
    const visible = visibleOf(found);
    const rows = visible.split('\n').filter((line) => line.startsWith('| '));
    for (const effect of plan.effects) {
      const { local, domain } = splitAddress(effect.address);
      const main = plan.after.aliasDomains.get(domain);
      if (main !== undefined || (plan.before.aliasDomains.has(domain) && !plan.after.domains.has(domain))) {
        const lines = visible
          .split('\n')
          .filter((text) => text.startsWith('- ') && text.includes(`\`${domain}\``));
        expect(lines.join()).toContain(main === undefined ? domain : `\`${main}\``);
        continue;
      }
      const end = `\`${found.redact(local === catchAll ? domain : effect.address)}\``;
      const [row, ...others] = rows.filter((text) => {
        const [, first = ''] = text.split(' | ')[0]?.split('| ') ?? [];
        return local === catchAll ? first !== end && first.endsWith(end) : first === end;
      });
      expect(others).toEqual([]);
      const [, , before = '', after = ''] = row?.split('|') ?? [];
      expectPeople(before, effect.before, effect, plan, 'before', found.redact, language);
      expectPeople(after, effect.after, effect, plan, 'after', found.redact, language);
    }
    expect(rows.length).toBeLessThanOrEqual(plan.effects.length + 2);
  });

  it('answers from when', async () => {
    const found = await saidOnce;
    const { language } = found;
    const { plan } = reviewOf(found);
    const visible = visibleOf(found);
    expect(visible).toContain(plan.changes.length === 0 ? words[language].never : words[language].soon);
    for (const { day, address, lost, stops } of later(plan)) {
      const line = visible
        .split('\n')
        .find(
          (text) =>
            text.startsWith('- ') && text.includes(inWords(day, language)) && text.includes(`\`${address}\``),
        );
      expect(line, `${address} on ${day}`).toBeDefined();
      const named = peopleIn(line ?? '', address, plan, 'after', found.redact, new Set(lost));
      if (!stops) for (const mailbox of lost) expect(named).toContain(mailbox);
    }
  });

  it('answers what to do next', async () => {
    const found = await saidOnce;
    const { language } = found;
    const { unsafe } = reviewOf(found);
    const next = visibleOf(found)
      .split('\n')
      .find((line) => line.startsWith(words[language].next));
    expect(next).toMatch(words[language].merge);
    const labels = [...(next ?? '').matchAll(/\/labels\/([a-z-]+)\)/g)].map(([, label]) => label);
    expect(labels).toEqual(unsafe.map(({ code }) => allowLabel(code)));
  });
});

describe.each(casesIn('mistakes'))('the comment on $name ($language)', ({ one, language }) => {
  it('answers where it is wrong, how it should be, and what to do next', async () => {
    const found = await said(one, language);
    const visible = visibleOf(found);
    const { diagnostics } = found.reviewed.checked;
    expect(diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    for (const { file, start, related = [], correction } of diagnostics) {
      for (const place of [{ file, start }, ...related]) {
        expect(visible).toContain(`/blob/${compared.head}/${place.file}#L${place.start.line})`);
      }
      for (const line of correction?.lines ?? [])
        expect(visible).toContain(`\n   ${found.redact.line(line)}\n`);
    }
    const next = visible.split('\n').find((line) => line.startsWith(words[language].next));
    expect(next).toContain(words[language].pencil);
  });
});

it.each([...casesIn('changes'), ...casesIn('mistakes')])(
  'each link of the comment on $name ($language) leads somewhere',
  async ({ one, language }) => {
    const { saying, files } = await said(one, language);
    const lines = new Map(
      files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString().split('\n').length]),
    );
    for (const [, url = ''] of saying.comment.matchAll(/\]\(([^)]*)\)/g)) {
      const way = new URL(url).href.slice(compared.page.length);
      const [, path = '', line = ''] = new RegExp(`^/blob/${compared.head}/(.+)#L(\\d+)$`).exec(way) ?? [];
      if (path === '') expect(reasonCodes.map((code) => `/labels/${allowLabel(code)}`)).toContain(way);
      else expect(Number(line)).toBeLessThanOrEqual(lines.get(decodeURIComponent(path)) ?? 0);
    }
  },
);

type Side = 'before' | 'after';

/** A cell of the table names these mailboxes and no others. */
function expectPeople(
  cell: string,
  mailboxes: readonly Address[],
  { address }: Effect,
  plan: Plan,
  side: Side,
  redact: Redact,
  language: Language,
): void {
  const text = cell.trim();
  if (mailboxes.length === 0) {
    expect(text).toBe(words[language].nobody);
    return;
  }
  const named = peopleIn(text, address, plan, side, redact, new Set(mailboxes));
  const more = Number(words[language].more.exec(text)?.[1] ?? 0);
  if (more === 0) expect([...named].sort()).toEqual([...mailboxes].sort());
  else expect(named.size + more).toBe(mailboxes.length);
  for (const one of named) expect(mailboxes).toContain(one);
}

/** The mailboxes that a text names: as such, or by the name of an alias of that side, or of the other one. */
function peopleIn(
  text: string,
  address: Address,
  plan: Plan,
  side: Side,
  redact: Redact,
  mailboxes: ReadonlySet<Address>,
): Set<Address> {
  const found = new Set<Address>();
  const here = plan[side];
  const other = side === 'before' ? plan.after : plan.before;
  for (const [, name = '', count] of text.matchAll(/`([^`]+)`(?: \((\d+)[^)]*\))?/g)) {
    const shown = [...mailboxes].filter((mailbox) => redact(mailbox) === name);
    const domain = mainDomain(here, splitAddress(address).domain);
    const [local = '', far = domain] = name.split('@');
    const meant =
      shown.length > 0 ? shown : (reachedBy(here, local, far) ?? reachedBy(other, local, far) ?? []);
    if (count !== undefined) expect(meant.length).toBe(Number(count));
    for (const mailbox of meant) found.add(mailbox);
  }
  return found;
}

/** Whom an alias reaches; one that is switched off is still how its one mailbox is called. */
function reachedBy(directory: Directory, local: string, domain: string): readonly Address[] | undefined {
  const definition = directory.definitions.get(domain)?.get(local);
  if (definition === undefined) return undefined;
  if (isInForce(definition, moment.today)) {
    return explain(directory, joinAddress(local, domain), moment).destinations;
  }
  return destinationsOf(definition).flatMap(({ value }) => {
    const target = value && follow(directory, domain, value);
    return target?.kind === 'mailbox' ? [target.address] : [];
  });
}

interface Later {
  readonly day: string;
  readonly address: Address;
  /** Mailboxes that it reaches on the eve and no longer on the day. */
  readonly lost: readonly Address[];
  readonly stops: boolean;
}

/** What the dates that a plan sets bring. */
function later({ changes, before, after }: Plan): Later[] {
  const days = changes.flatMap((change) => {
    if (change.table !== 'definitions' || change.kind === 'delete') return [];
    const { expires = '' } = change.after;
    const old = change.kind === 'update' ? change.before.record.expires : undefined;
    return expires > moment.today && expires !== old ? [expires] : [];
  });
  return days.flatMap((day) => {
    const eve = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    return [...definedAddresses(before, after)].flatMap((address) => {
      if (after.aliasDomains.has(splitAddress(address).domain)) return [];
      const had = explain(after, address, { ...moment, today: eve }).destinations;
      const has = explain(after, address, { ...moment, today: day }).destinations;
      const lost = had.filter((mailbox) => !has.includes(mailbox));
      return lost.length === 0 ? [] : [{ day, address, lost, stops: has.length === 0 }];
    });
  });
}

function inWords(day: string, language: Language): string {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  const text = new Date(day).toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB', format);
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text;
}
