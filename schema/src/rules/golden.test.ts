import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, type SourceFile } from '../check.ts';
import { codeframe } from '../text/codeFrame.ts';
import { createSourceText } from '../text/source.ts';

const golden = new URL('../../golden/', import.meta.url);
const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };

function read(folder: URL): SourceFile[] {
  return readdirSync(folder).map((name) => ({
    name,
    path: `aliases/${name}`,
    kind: 'file',
    bytes: readFileSync(new URL(name, folder)),
  }));
}

function shown(files: readonly SourceFile[]): string {
  const texts = new Map(
    files.map(({ path, bytes }) => [path, createSourceText(path, new TextDecoder().decode(bytes))]),
  );
  return check(files, options)
    .diagnostics.map((one) => `${codeframe(one, texts, false)}\n`)
    .join('\n');
}

function file(name: string, content: string | Buffer, kind: SourceFile['kind'] = 'file'): SourceFile {
  return { name, path: `aliases/${name}`, kind, bytes: Buffer.from(content) };
}

const small = 'domain: example.com\naliases:\n  postmaster: { destinations: [jane@mailbox.example] }\n';
const right = [file('example.com.yml', small)];

/** A file with so many inactive aliases, with names of 64 characters. */
function inactive(count: number): string {
  const names = Array.from({ length: count }, (_, place) => `a${place}`.padEnd(64, 'x'));
  return `${small}${names.map((name) => `  ${name}: { active: false, destinations: [jane@mailbox.example] }\n`).join('')}`;
}

/** What is no file, or too large or too odd to keep as one. */
const made: Readonly<Record<string, { readonly err: SourceFile[]; readonly ok: SourceFile[] }>> = {
  encoding: {
    err: [file('example.com.yml', Buffer.from(`\ufeff${small}`, 'utf16le'))],
    ok: [file('example.com.yml', `\ufeff${small}`)],
  },
  'file-too-large': {
    err: [file('example.com.yml', `${small}# ${'x'.repeat(1_048_576)}\n`)],
    ok: [file('example.com.yml', `${small}# ${'x'.repeat(1_000_000)}\n`)],
  },
  'item-too-large': {
    err: [file('example.com.yml', small.replace('{', `{ description: ${'x'.repeat(420_000)},`))],
    ok: [file('example.com.yml', small.replace('{', `{ description: ${'x'.repeat(380_000)},`))],
  },
  'too-many-inactive': {
    err: [file('example.com.yml', inactive(4_412))],
    ok: [file('example.com.yml', inactive(4_411))],
  },
  'no-files': { err: [file('README.md', '# Who gets our mail\n')], ok: right },
  'not-a-file': { err: [...right, file('example.org.yml', '', 'directory')], ok: right },
};

describe.each([...readdirSync(golden), ...Object.keys(made)].filter(isOnce))('%s', (code) => {
  const folder = new URL(`${code}/`, golden);
  const { err, ok } = made[code] ?? { err: read(new URL('err/', folder)), ok: read(new URL('ok/', folder)) };

  it('explains what is wrong', async () => {
    expect(check(err, options).diagnostics.map((one) => one.code)).toContain(code);
    await expect(shown(err)).toMatchFileSnapshot(new URL('err.txt', folder).pathname);
  });

  it('accepts what is right', () => {
    const found = check(ok, options).diagnostics;
    expect(found.filter((one) => one.code === code || one.severity === 'error')).toEqual([]);
  });
});

/** A made code has a folder too, for what is printed. */
function isOnce(code: string, index: number, codes: readonly string[]): boolean {
  return codes.indexOf(code) === index;
}
