import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import domainShape from '../domain.schema.json' with { type: 'json' };
import { check, type SourceFile } from './check.ts';

const folder = new URL('../../aliases/', import.meta.url);
const guides = { en: read('README.md'), fr: read('LISEZMOI.md') };
const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };

/** The file that the examples are about. */
const group = `domain: example.com
aliasDomains: [example.net]
aliases:
  postmaster:
    destinations: [li.wei]
  abuse:
    destinations: [postmaster]
  jane.roe:
    destinations: [jane.roe@mailbox.example]
  john.doe:
    destinations: [john.doe@home.example]
  li.wei:
    destinations: [li.wei@mailbox.example]
  board:
    type: group
    destinations: [jane.roe, john.doe]
  treasurer.before.2026:
    destinations: [mia@home.example]
`;
const shared = `aliases:
  postmaster:
    destinations: [li.wei@example.com]
  abuse:
    destinations: [postmaster]
`;

function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function examplesIn(guide: string): string[] {
  return [...guide.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, example = '']) => example);
}

/** The first column of the tables, as it is written. */
function rowsIn(guide: string): string[] {
  return [...guide.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name);
}

/** A group's files with an example in its place: a file of its own, or the alias that it names, new or changed. */
function withExample(example: string): SourceFile[] {
  const texts = new Map([
    ['example.com.yml', group],
    ['_shared.yml', shared],
  ]);
  if (example.startsWith('domain: ')) {
    texts.set(`${/^domain: (\S+)/.exec(example)?.[1]}.yml`, example);
    texts.set('example.com.yml', group.replace(/^aliasDomains:.*\n/m, ''));
  } else {
    const name = /^ {2}([\w.]+):\n/.exec(example)?.[1] ?? '';
    const former = new RegExp(`^ {2}${name.replaceAll('.', '\\.')}:\\n(?: {4}.*\\n)+`, 'm');
    const isKnown = former.test(group);
    texts.set('example.com.yml', isKnown ? group.replace(former, example) : group + example);
  }
  return [...texts].map(([name, text]) => {
    const bytes = new TextEncoder().encode(text);
    return { name, path: `aliases/${name}`, kind: 'file', bytes };
  });
}

/** What is left without code and links, where the rules of a language hold. */
function proseOf(guide: string): string {
  return guide
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`]*`/g, 'x')
    .replace(/\]\([^)]*\)/g, ']');
}

describe.each(Object.entries(guides))('the guide for members, %s', (_, guide) => {
  it.each(examplesIn(guide))('has an example that can be used as it stands: %s', (example) => {
    expect(check(withExample(example), options).diagnostics).toEqual([]);
  });

  it('has a line for each field of a domain and of an alias', () => {
    const { properties, $defs } = domainShape;
    const fields = [...Object.keys(properties), ...Object.keys($defs.alias.properties)];
    const told = rowsIn(guide).flatMap((row) => (row.endsWith(':') ? [row.slice(0, -1)] : []));
    expect(told.toSorted()).toEqual([...fields.filter((field) => field !== 'aliases'), '"*"'].toSorted());
  });

  it('says what each filter does', () => {
    const { then, else: ready } = domainShape.properties.filter;
    const choices = Object.entries(then.properties).flatMap(([name, part]) =>
      part.enum.map((choice) => `${name}: ${choice}`),
    );
    expect(rowsIn(guide).filter((row) => !row.endsWith(':'))).toEqual([...ready.enum, ...choices]);
  });

  it('leads to files that are there', () => {
    const links = [...guide.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.length).toBeGreaterThan(1);
    for (const link of links) expect(existsSync(new URL(link, folder)), link).toBe(true);
  });

  it('names the other language first, and what stays readable before anything is to be done', () => {
    const [, link = '', , , warning = ''] = guide.split('\n\n');
    expect(link).toMatch(/^\[.+\]\((?:README|LISEZMOI)\.md\)$/);
    expect(warning).toMatch(/^\*\*.+\*\*/);
  });
});

describe('both languages', () => {
  it('have the same examples, rows, sections and steps', () => {
    const outline = (guide: string) => ({
      examples: examplesIn(guide),
      rows: rowsIn(guide),
      marks: guide.match(/^(?:#+|-|\d\.) /gm),
      buttons: guide
        .match(/\*\*[A-Z][a-z]+(?:\s+[\w…]+)*\*\*/g)
        ?.filter((text) => /Fork|Commit|Create|Revert/.test(text)),
    });
    expect(outline(guides.fr)).toEqual(outline(guides.en));
  });

  it('keep to the typography of French', () => {
    const prose = proseOf(guides.fr);
    expect(prose).not.toContain("'");
    expect(prose.match(/[^\u00a0\s:|*-][:;?!»](?=\s)|«[^\u00a0]/g) ?? []).toEqual([]);
    expect(prose.match(/ [:;?!»]/g) ?? []).toEqual([]);
  });
});
