import { codeOwnersPath } from '../../../schema/src/stage/codeOwners.ts';
import { defaults, stagePath } from '../../../schema/src/stage/stage.ts';
import { writeDomainFile } from '../../../schema/src/style/write.ts';
import { quote } from '../../../schema/src/text/quote.ts';
import type { GroupAnswers } from './answers.ts';
import { stageText } from './stageText.ts';

/** What is to be done in the folder of the repository. Paths are relative to it, with slashes. */
export interface GroupFiles {
  readonly writes: ReadonlyMap<string, string>;
  readonly removes: readonly string[];
  /** What somebody has written themselves: nothing may be done while there is any. */
  readonly refused: readonly string[];
}

/** The samples that nothing takes the place of. */
const sampleDomains = ['aliases/example.com.yml', 'aliases/example.org.yml'];

/** What a group's files take the place of, the domain's own file aside. */
const replaced = ['aliases/_shared.yml', 'aliases/_policy.yml', stagePath(defaults.stage), codeOwnersPath];

/** What members read, with a link to a sample. */
const guides = ['aliases/README.md', 'aliases/LISEZMOI.md'];

/** The files to look at before anything is written. */
export function pathsOf(domain: string): string[] {
  return [domainPath(domain), ...replaced, ...sampleDomains, ...guides];
}

/**
 * The files of a group. `current` is what is there now, by path; `isSample` tells whether that is as the template ships
 * it. A file that is already as it should be is left alone.
 */
export function groupFiles(
  answers: GroupAnswers,
  current: ReadonlyMap<string, string>,
  isSample: (path: string, text: string) => boolean,
): GroupFiles {
  const stage = stagePath(defaults.stage);
  const sampleOf = (path: string) => {
    const text = current.get(path);
    return text !== undefined && isSample(path, text) ? text : undefined;
  };
  const files = new Map([
    [domainPath(answers.domain), domainText(answers)],
    ['aliases/_shared.yml', sharedText(answers)],
    ['aliases/_policy.yml', policyText(answers)],
    [stage, stageText(answers, sampleOf(stage))],
    [codeOwnersPath, codeOwnersText(answers, sampleOf(codeOwnersPath))],
  ]);
  const changed = [...files].filter(([path, text]) => current.get(path) !== text);
  const isOwn = (path: string) => current.has(path) && sampleOf(path) === undefined;
  return {
    writes: new Map([...changed, ...linkedGuides(answers, current)]),
    removes: sampleDomains.filter((path) => current.has(path)),
    refused: [...changed.map(([path]) => path), ...sampleDomains].filter(isOwn),
  };
}

/** The guides for members, with a link to the group's file where they have one to a sample. */
function linkedGuides(
  { domain }: GroupAnswers,
  current: ReadonlyMap<string, string>,
): readonly (readonly [path: string, text: string])[] {
  return guides.flatMap((path) => {
    const before = current.get(path) ?? '';
    const after = before.replaceAll('[example.com.yml](example.com.yml)', `[${domain}.yml](${domain}.yml)`);
    return after === before ? [] : [[path, after] as const];
  });
}

function domainPath(domain: string): string {
  return `aliases/${domain}.yml`;
}

function domainText({ domain, alias, to }: GroupAnswers): string {
  const first = { domain, alias, destinations: to, type: 'function', active: true } as const;
  return writeDomainFile(domain, [first], []);
}

function sharedText({ postmaster }: GroupAnswers): string {
  return `# yaml-language-server: $schema=../schema/shared.schema.json
# Aliases that every domain has unless its own file defines them. Mail servers of the world expect these two.
aliases:
  postmaster:
    type: function
    destinations: ${listOf(postmaster)}
  abuse:
    type: function
    destinations: [postmaster]
`;
}

function policyText({ domain }: GroupAnswers): string {
  return `# yaml-language-server: $schema=../schema/policy.schema.json
# What no alias file may do, and how much one change may take away before somebody has to allow it by name.
domains: ${listOf([domain])}
protected:
  postmaster: 1
guard:
  removals:
    atLeast: 1
    share: 0.25
  redirects:
    atLeast: 2
    share: 0.3
`;
}

/** `sample`: the template's file, which has a line for each folder that decides for every domain. */
function codeOwnersText({ maintainers }: GroupAnswers, sample = bareCodeOwners): string {
  return sample.replace(/^([^#\s]\S*\s+)@example\/maintainers$/gm, `$1${maintainers.join(' ')}`);
}

const bareCodeOwners = '# Who must approve what.\n* @example/maintainers\n';

function listOf(texts: readonly string[]): string {
  return `[${texts.map(quote).join(', ')}]`;
}
