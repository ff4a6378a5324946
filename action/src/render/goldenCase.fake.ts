import { readdirSync, readFileSync } from 'node:fs';
import type { SourceFile } from '../../../schema/src/check.ts';
import { languageOf } from '../../../schema/src/files/language.ts';
import type { Language } from '../../../schema/src/messages/message.ts';
import { reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import { readContext } from '../github/context.ts';
import { readInputs } from '../github/inputs.ts';
import { redactFiles } from '../github/report.ts';
import { allowAll, type Permission } from '../guard/reason.ts';
import { type ReviewedFiles, reviewFiles } from '../review/reviewFiles.ts';
import type { Redact } from './redact.ts';
import { type Saying, sayingOn } from './saying.ts';
import { noFacts } from './tableFacts.ts';

/** A pull request as a golden file has it: the folder before and after, of which `inputs` is the text. */
export interface GoldenCase {
  readonly name: string;
  /** The part of the golden file that people write. */
  readonly inputs: string;
  readonly before: readonly SourceFile[];
  readonly after: readonly SourceFile[];
  readonly languages: readonly Language[];
}

/** What is said of it in a language, and what it is said of. */
export interface Said {
  readonly files: readonly SourceFile[];
  readonly reviewed: ReviewedFiles;
  readonly redact: Redact;
  readonly language: Language;
  readonly saying: Saying;
}

export const moment = { today: '2026-11-24', reserved: ['forwarder-daemon', 'mailer-daemon'] };
export const compared = {
  head: 'bbbbbbbbbbbb0000000000000000000000000000',
  base: 'aaaaaaaaaaaa0000000000000000000000000000',
  into: 'main',
  page: 'https://github.com/example/mail',
};

/** Ends what people write; the tests write what follows. */
const end = '\n<!-- What follows is written by the tests. -->\n';
/** A file of the case: unchanged, or only before, or only after, or both. */
const filePattern = /^(Unchanged|Before|After): `([^`]+)`\n\n````yaml\n([\s\S]*?)^````$/gm;

/** The cases in a folder beside this file. */
export function goldenCases(folder: string): GoldenCase[] {
  const home = new URL(`golden/${folder}/`, import.meta.url);
  return readdirSync(home).map((file) => {
    const [inputs = ''] = readFileSync(new URL(file, home), 'utf8').split(end);
    const files = [...inputs.matchAll(filePattern)].map(([, side, name = '', text = '']) => ({
      side,
      file: fileOf(name, text),
    }));
    const without = (side: string): SourceFile[] => {
      const own = files.filter((one) => one.side !== side).map(({ file: one }) => one);
      return own.some(({ name }) => name === '_shared.yml') ? own : [...own, fileOf('_shared.yml', shared)];
    };
    return {
      name: file.slice(0, -'.md'.length),
      inputs,
      before: without('After'),
      after: without('Before'),
      languages: inputs.includes('\nAlso in French.\n') ? ['en', 'fr'] : ['en'],
    };
  });
}

/** Each domain should have these two; a case that is about them has a file of its own. */
const shared = `aliases:
  postmaster:
    type: function
    destinations: [jane.roe@example.com]
  abuse:
    type: function
    destinations: [postmaster]
`;

function fileOf(name: string, text: string): SourceFile {
  return { name, path: `aliases/${name}`, kind: 'file', bytes: Buffer.from(text) };
}

/** Says it as the action does on a pull request of a public repository, where no tables are read. */
export async function said(one: GoldenCase, language: Language, isAllowed = false): Promise<Said> {
  const [before, after] = [inLanguage(one.before, language), inLanguage(one.after, language)];
  const revision = (files: readonly SourceFile[]) => ({ folder: 'aliases', files });
  const reviewed = await reviewFiles(
    revision(after),
    { moment, pruneForeign: false, base: revision(before) },
    {
      show: () => {},
      read: () => Promise.reject(new Error('the plan starts from files')),
      allowed: () => Promise.resolve(permission(isAllowed)),
      policyAt: () => Promise.resolve(undefined),
      now: Date.parse(moment.today) / 1000,
    },
  );
  const runner = { inputs: readInputs((name) => (name === 'command' ? 'comment' : '')), context };
  const redact = redactFiles(runner, after, reviewed.before?.directory, reviewed.checked.directory);
  const spoken = languageOf(after, before);
  const saying = sayingOn(reviewed, { moment, language: spoken, compared, facts: noFacts, redact });
  return { files: after, reviewed, redact, language: spoken, saying };
}

const context = readContext({ GITHUB_REPOSITORY: 'example/mail' }, {});

function permission(isAllowed: boolean): Permission {
  return { allowance: allowAll(isAllowed ? reasonCodes : []) };
}

/** The language is a line of the policy. */
function inLanguage(files: readonly SourceFile[], language: Language): readonly SourceFile[] {
  if (language === 'en') return files;
  const name = '_policy.yml';
  const text = files.find((file) => file.name === name)?.bytes ?? new Uint8Array();
  const policy = fileOf(name, `${Buffer.from(text).toString()}language: ${language}\n`);
  return [...files.filter((file) => file.name !== name), policy];
}

/** A golden file: what people wrote, and what is said under a title each. */
export function goldenText(one: GoldenCase, sections: ReadonlyMap<string, string>): string {
  const said = [...sections].map(([title, text]) => `\n## ${title}\n\n${text}`);
  return `${one.inputs}${end}${said.join('')}`;
}
