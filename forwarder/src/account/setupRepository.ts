import { readFile } from 'node:fs/promises';
import { STSClient } from '@aws-sdk/client-sts';
import { Obstacle } from '../../../schema/src/commandLine/failure.ts';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { codeOwnersPath } from '../../../schema/src/stage/codeOwners.ts';
import { namesOf, stageName } from '../../../schema/src/stage/stage.ts';
import { curesOf } from './cures.ts';
import { driftFinding } from './drift.ts';
import { codeOwnersFile, type Duty, dutiesOf, type Wanted } from './duties.ts';
import { type Finding, finding } from './findings.ts';
import { observePlace } from './observe.ts';
import type { Place } from './place.ts';
import { describeRepositoryStep } from './repository.ts';
import { type RepositoryApi, refusal, repositoryApi, tokenIn } from './repositoryApi.ts';
import type { Shell } from './stageAccount.ts';
import { readStageFile } from './stageFile.ts';

export interface RepositoryRequest {
  readonly stage: string | undefined;
  /** Whether it only says what it would do. */
  readonly 'dry-run': boolean;
}

/**
 * Sets up on GitHub what its API can, and nothing that is right already; says of the rest what a person does. The exit
 * code is 1 while something is left to do by hand.
 */
export async function setupRepository(values: RepositoryRequest, shell: Shell): Promise<number> {
  const { environment } = shell;
  const token = tokenIn(environment);
  if (token === undefined) throw new Obstacle(noToken);
  const stage = stageName(values.stage, environment);
  const { settings, faults } = readStageFile(stage);
  if (settings === undefined) throw new UsageError(faults.join('\n'));
  const { owner, repository: repo } = settings.github;
  const api = repositoryApi(token, { owner, repo }, environment);
  const wanted = await wantedOf(stage, settings, environment, await placeOf(settings.region));
  const duties = dutiesOf(await observed(api, `${owner}/${repo}`, stage), wanted);
  let left = 0;
  for (const duty of duties) left += await fulfil(duty, api, values['dry-run'], shell);
  if (duties.every(({ fault }) => fault === undefined)) shell.note('There is nothing to set up.\n');
  return left === 0 ? 0 : 1;
}

const noToken =
  'There is no token of GitHub: set GITHUB_TOKEN or GH_TOKEN, for instance to what `gh auth token` prints.';

/** Does the steps of one duty, and gives 1 where a person has to do it, 0 otherwise. */
async function fulfil(duty: Duty, api: RepositoryApi, isDry: boolean, shell: Shell): Promise<0 | 1> {
  const { fault, steps, subject, byHand } = duty;
  if (fault === undefined) return 0;
  const leave = (why: string): 1 => {
    shell.note(`${subject}: ${why}.\n  By hand: ${byHand}.\n`);
    return 1;
  };
  if (steps.length === 0) return leave(fault.message);
  const failed: string[] = [];
  for (const step of steps) {
    const told = describeRepositoryStep(step);
    shell.out(`${told}\n`);
    if (isDry) continue;
    try {
      await api.perform(step);
    } catch (error) {
      // The next one may work: GitHub has one label refused for a reason that others do not have.
      failed.push(`${told} (${refusal(error)})`);
    }
  }
  return failed.length === 0 ? 0 : leave(`this could not be done: ${failed.join('; ')}`);
}

async function observed(api: RepositoryApi, name: string, stage: string) {
  try {
    return await api.observe();
  } catch (error) {
    throw new Obstacle(
      `${name} cannot be read: ${refusal(error)}. The token must be of somebody who administers it, and \`github\` in forwarder/stages/${stage}.yml must name it.`,
      { cause: error },
    );
  }
}

async function wantedOf(
  stage: string,
  settings: Wanted['settings'],
  environment: Shell['environment'],
  place: Place | undefined,
): Promise<Wanted> {
  const codeOwners = await readCodeOwners();
  return {
    stage,
    settings,
    cures: curesOf(stage, environment),
    stack: namesOf(stage, {}, environment).stack,
    ...(place === undefined ? {} : { place }),
    ...(codeOwners === undefined ? {} : { codeOwners }),
  };
}

/** Undefined without credentials: whoever looks after GitHub need not have any. */
async function placeOf(region: string): Promise<Place | undefined> {
  try {
    return await observePlace(new STSClient({ region }), region);
  } catch {
    return undefined;
  }
}

async function readCodeOwners(): Promise<string | undefined> {
  try {
    return await readFile(codeOwnersPath, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What doctor says of the repository; only of the file of code owners where there is no token to ask GitHub with. */
export async function repositoryFindings(
  stage: string,
  settings: Wanted['settings'],
  place: Place,
  environment: Shell['environment'],
): Promise<Finding[]> {
  const { owner, repository: repo } = settings.github;
  const wanted = await wantedOf(stage, settings, environment, place);
  const token = tokenIn(environment);
  const notLooked = (why: string, fix: string) => [
    finding('repository', `${owner}/${repo}`, '', {
      level: 'warning',
      message: `not looked at: ${why}`,
      fix,
    }),
    findingOf(codeOwnersFile(wanted.codeOwners, stage), wanted),
  ];
  if (token === undefined) {
    return notLooked('there is no token of GitHub', `GH_TOKEN=$(gh auth token) ${wanted.cures.doctor}`);
  }
  try {
    const repository = await repositoryApi(token, { owner, repo }, environment).observe();
    const duties = dutiesOf(repository, wanted).map((duty) => findingOf(duty, wanted));
    return [...duties, driftFinding(repository.drift)];
  } catch (error) {
    return notLooked(
      refusal(error),
      `name your repository in forwarder/stages/${stage}.yml, and use a token that may read it`,
    );
  }
}

function findingOf({ check, subject, right, fault, steps, byHand }: Duty, { cures }: Wanted): Finding {
  if (fault === undefined) return finding(check, subject, right);
  const { level, message } = fault;
  const fix =
    level === 'unseen'
      ? `use a token of somebody who administers the repository, or look yourself: ${byHand}`
      : steps.length === 0
        ? byHand
        : `${cures.setupRepository}; by hand: ${byHand}`;
  return finding(check, subject, '', { level: level === 'unseen' ? 'warning' : level, message, fix });
}
