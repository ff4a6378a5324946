import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from '../../../schema/src/commandLine/command.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { Obstacle } from '../../../schema/src/commandLine/failure.ts';
import { type Options, UsageError, type Values } from '../../../schema/src/commandLine/options.ts';
import type { Screen } from '../../../schema/src/commandLine/screen.ts';
import {
  allAnswered,
  type GroupAnswers,
  type Heard,
  type QuestionName,
  questionNames,
  questions,
  readAnswers,
} from './answers.ts';
import { groupFiles, pathsOf } from './groupFiles.ts';
import { repositoryNumbers } from './repositoryNumbers.ts';
import { isSample } from './samples.ts';

/** What the command has of the world. */
export interface NewGroupWorld extends Pick<Screen, 'out' | 'note' | 'askText'> {
  /** The folder of the repository. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const text = (name: QuestionName) => {
  const { value, help } = questions[name];
  return { kind: 'text', value, help } as const;
};

const options = {
  domain: text('domain'),
  postmaster: text('postmaster'),
  alias: text('alias'),
  to: text('to'),
  region: text('region'),
  repository: text('repository'),
  alarm: text('alarm'),
  maintainers: text('maintainers'),
  'owner-id': text('owner-id'),
  'repository-id': text('repository-id'),
  'dry-run': { kind: 'flag', help: 'only say which files would be written and removed' },
} as const satisfies Options;

/** Puts a group's own files in the place of the template's samples. */
export const newGroupCommand: Command<NewGroupWorld, typeof options> = {
  summary: 'Write the files of a new group in the place of the samples of the template',
  note: 'On a terminal it asks for what is not given. It overwrites nothing but the samples as the template ships them.',
  words: [],
  options,
  example: '',
  otherExamples: [
    '--domain DOMAIN --postmaster MAILBOX --to MAILBOX --region eu-west-1 --repository OWNER/NAME --alarm ADDRESS',
  ],
  async run(world, { values }) {
    const answers = await answersOf(values, world);
    const current = await readPaths(world.folder, pathsOf(answers.domain));
    const { writes, removes, refused } = groupFiles(answers, current, isSample);
    if (refused.length > 0) {
      const those = refused.map((path) => `  ${path}\n`).join('');
      world.note(`Nothing was written. These are no longer the samples of the template:\n${those}${keep}\n`);
      return exit.notRight;
    }
    const isDry = values['dry-run'];
    for (const [path, content] of writes) {
      world.out(`write ${path}\n`);
      if (!isDry) await write(join(world.folder, path), content);
    }
    for (const path of removes) {
      world.out(`remove ${path}\n`);
      if (!isDry) await rm(join(world.folder, path));
    }
    if (writes.size + removes.length === 0) world.note('The files are as they should be.\n');
    else if (!isDry) world.note(next);
    return exit.fine;
  },
};

const keep = 'Move them away to have them written anew, or change them by hand.';
const next = `Read what was written, then check and commit it: a sync takes only what is in a commit.
  npm run -s aliases -- check --stage production
  git add --all && git commit --message "Our addresses"
docs/maintainers.md says what comes next.
`;

/** Asks where somebody can answer; else names all that is missing or wrong at once. */
async function answersOf(values: Values<typeof options>, world: NewGroupWorld): Promise<GroupAnswers> {
  const { 'dry-run': _, ...given } = values;
  const heard = readAnswers(given);
  if (heard.wrong.length > 0 && world.askText !== undefined) throw new UsageError(complaint(heard, []));
  const { known, wrong, missing } = readAnswers(
    world.askText === undefined
      ? await withNumbers(given, heard.known.repository, world)
      : await ask(given, world.askText, world),
  );
  if (wrong.length > 0 || !allAnswered(known)) throw new UsageError(complaint({ known, wrong }, missing));
  return known;
}

type Given = Readonly<Partial<Record<QuestionName, string | undefined>>>;

/** Numbers that were not given are asked of GitHub, once it is known of which repository. */
async function withNumbers(
  given: Given,
  repository: string | undefined,
  { environment }: NewGroupWorld,
): Promise<Given> {
  const isWhole = given['owner-id'] !== undefined && given['repository-id'] !== undefined;
  if (repository === undefined || isWhole) return given;
  const numbers = await repositoryNumbers(repository, environment);
  return {
    ...given,
    'owner-id': given['owner-id'] ?? numbers?.['owner-id'],
    'repository-id': given['repository-id'] ?? numbers?.['repository-id'],
  };
}

/** One question after the other, each again while its answer is wrong. */
async function ask(
  given: Given,
  askText: NonNullable<NewGroupWorld['askText']>,
  world: NewGroupWorld,
): Promise<Given> {
  let answers = given;
  for (const name of questionNames) {
    const { known } = readAnswers(answers);
    if (name === 'owner-id') answers = await withNumbers(answers, known.repository, world);
    if (answers[name] !== undefined) continue;
    answers = { ...answers, [name]: await askOne(name, known, askText, world) };
  }
  return answers;
}

/** Undefined where nothing is answered to a question that has an answer of its own. */
async function askOne(
  name: QuestionName,
  known: Partial<GroupAnswers>,
  askText: NonNullable<NewGroupWorld['askText']>,
  { note }: NewGroupWorld,
): Promise<string | undefined> {
  const { asks, read, otherwise } = questions[name];
  for (;;) {
    const answer = await askText(asks);
    if (answer === undefined) throw new Obstacle('Nothing was written: the questions were not all answered.');
    if (answer === '' && otherwise !== undefined) return undefined;
    const { fault } = read(answer, known);
    if (fault === undefined) return answer;
    note(`\`${answer}\`: ${fault}.\n`);
  }
}

function complaint({ known, wrong }: Pick<Heard, 'known' | 'wrong'>, missing: Heard['missing']): string {
  const width = Math.max(...missing.map((name) => `--${name} ${questions[name].value}`.length));
  const lines = missing.map((name) => {
    const { value, help } = questions[name];
    return `  ${`--${name} ${value}`.padEnd(width)}  ${help}`;
  });
  const isUntold = known.repository !== undefined && missing.some((name) => name.endsWith('-id'));
  return [
    ...wrong,
    ...(lines.length === 0 ? [] : ['These options are missing:', ...lines]),
    ...(isUntold ? [numbersHelp(known.repository)] : []),
  ].join('\n');
}

function numbersHelp(repository: string): string {
  return `GitHub did not tell the numbers. To whoever may see the repository, this prints both: gh api repos/${repository} --jq '.owner.id, .id'`;
}

async function readPaths(folder: string, paths: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths) {
    try {
      found.set(path, await readFile(join(folder, path), 'utf8'));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  return found;
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
