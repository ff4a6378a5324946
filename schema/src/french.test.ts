import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CheckOptions, check, type SourceFile } from './check.ts';
import type { Diagnostic } from './text/diagnostic.ts';

const options = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'], folder: 'aliases' };
const mistakes = new URL('golden/', import.meta.url);
const codes = new URL('../golden/', import.meta.url);

function file(name: string, bytes: Uint8Array | string): SourceFile {
  return { name, path: `aliases/${name}`, kind: 'file', bytes: Buffer.from(bytes) };
}

/** Each mistake that members have made, and each rule's, under the name of its golden file. */
const wrong: readonly (readonly [string, readonly SourceFile[]])[] = [
  ...readdirSync(mistakes)
    .filter((name) => name.endsWith('.yml'))
    .map((name): [string, SourceFile[]] => [
      name.slice(0, -4),
      [file('example.com.yml', readFileSync(new URL(name, mistakes)))],
    ]),
  ...readdirSync(codes)
    .filter((code) => readdirSync(new URL(`${code}/`, codes)).includes('err'))
    .map((code): [string, SourceFile[]] => {
      const folder = new URL(`${code}/err/`, codes);
      return [code, readdirSync(folder).map((name) => file(name, readFileSync(new URL(name, folder))))];
    }),
];

function diagnosticsOf(files: readonly SourceFile[], more: Partial<CheckOptions> = {}) {
  return check(files, { ...options, ...more }).diagnostics;
}

function sentences({ file, start, message, help, related = [] }: Diagnostic): string {
  const places = related.map((one) => `  ${one.file}:${one.start.line}: ${one.message}\n`);
  return `${file}:${start.line}: ${message}\n${places.join('')}${help === undefined ? '' : `  → ${help}\n`}`;
}

it('tells each mistake in French', async () => {
  const shown = wrong.map(([name, files]) => {
    const french = diagnosticsOf(files, { language: 'fr' });
    const english = diagnosticsOf(files, { language: 'en' });
    expect(french.map(({ code }) => code).sort(), name).toEqual(english.map(({ code }) => code).sort());
    return `# ${name}\n${french.map(sentences).join('')}`;
  });
  await expect(shown.join('\n')).toMatchFileSnapshot(new URL('french.txt', mistakes).pathname);
});

describe('the language', () => {
  const domain = file('example.com.yml', 'domain: example.com\naliases: 7\n');
  const english = '`aliases` must be a group of fields, not `7`.';
  const french = '`aliases` doit être un groupe de champs, et non `7`.';
  const asked = 'language: fr\n';

  it.each<[string, policy: string | undefined, more: Partial<CheckOptions>, message: string]>([
    ['is English where nobody says', undefined, {}, english],
    ['is English where the policy is silent', 'protected: {}\n', {}, english],
    ['is what the policy says', asked, {}, french],
    ['is what the caller says, whatever the policy', asked, { language: 'en' }, english],
    ['is what the caller says, without a policy', undefined, { language: 'fr' }, french],
    ['is the base’s where the policy has a mistake', 'language: de\n', { base: [policyFile(asked)] }, french],
    ['is English where the base has a mistake too', '[', { base: [policyFile('[')] }, english],
    [
      'is not the base’s where the policy is right',
      'protected: {}\n',
      { base: [policyFile(asked)] },
      english,
    ],
    ['is not the base’s where the policy is gone', undefined, { base: [policyFile(asked)] }, english],
  ])('%s', (_, policy, more, message) => {
    const files = policy === undefined ? [domain] : [policyFile(policy), domain];
    expect(diagnosticsOf(files, more)).toContainEqual(
      expect.objectContaining({ file: domain.path, message }),
    );
  });

  function policyFile(text: string): SourceFile {
    return file('_policy.yml', text);
  }
});
