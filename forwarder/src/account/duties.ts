import { allowLabel, reasonCodes } from '../../../schema/src/records/reasonCodes.ts';
import { codeOwnersPath, placeholderOwners } from '../../../schema/src/stage/codeOwners.ts';
import { defaults, mayHaveSamples, type StageSettings } from '../../../schema/src/stage/stage.ts';
import { createSourceText, spanOf } from '../../../schema/src/text/source.ts';
import { lacksOf, strictRules } from './branchRules.ts';
import type { Cures } from './cures.ts';
import { type Place, roleArn } from './place.ts';
import type { BranchPolicy, Environment, Repository, RepositoryStep } from './repository.ts';

/** What it is compared with. */
export interface Wanted {
  readonly settings: Pick<StageSettings, 'region' | 'github'>;
  readonly stage: string;
  readonly cures: Cures;
  /** What the stack is called. */
  readonly stack: string;
  /** Where the stack stands; undefined without credentials of its account. */
  readonly place?: Place;
  /** The file of code owners; undefined where there is none. */
  readonly codeOwners?: string;
}

/** One thing that a repository should have. */
export interface Duty {
  readonly check: string;
  readonly subject: string;
  /** What is so when all is right. */
  readonly right: string;
  /** `error`: somebody without a review could decide who gets mail. `unseen`: nobody could look. */
  readonly fault?: { readonly level: 'error' | 'warning' | 'unseen'; readonly message: string };
  /** What the API can do about it; empty where it can do nothing. */
  readonly steps: readonly RepositoryStep[];
  /** What a person does about it, in the settings on GitHub unless it says otherwise. */
  readonly byHand: string;
}

/** Everything that a repository should have, right or wrong, in the order in which it is set up. */
export function dutiesOf(repository: Repository, wanted: Wanted): Duty[] {
  return [
    identity(repository, wanted),
    ...trustedBranch(repository, wanted),
    labels(repository),
    ...environments(repository, wanted),
    ...variables(repository, wanted),
    protection(repository),
    ...codeOwners(repository, wanted),
  ];
}

type Frame = Pick<Duty, 'check' | 'subject' | 'right' | 'byHand'>;

function unseen(frame: Frame, fault: string): Duty {
  return { ...frame, fault: { level: 'unseen', message: `not looked at: ${fault}` }, steps: [] };
}

/** The roles in AWS trust the repository by its numbers, which no other one ever gets. */
function identity({ id, ownerId }: Repository, { settings: { github }, stage, cures }: Wanted): Duty {
  const isRight = github.ownerId === ownerId && github.repositoryId === id;
  const frame: Frame = {
    check: 'repository-id',
    subject: `${github.owner}/${github.repository}`,
    right: 'the settings name the repository by its numbers',
    byHand: `write \`ownerId: ${ownerId}\` and \`repositoryId: ${id}\` in forwarder/stages/${stage}.yml, then ${cures.deploy}`,
  };
  if (isRight) return { ...frame, steps: [] };
  const message = 'the settings have other numbers: the roles in AWS may not trust its workflows';
  return { ...frame, fault: { level: 'warning', message }, steps: [] };
}

/** A branch that the roles trust must be the one that the rules guard. */
function trustedBranch(
  { defaultBranch }: Repository,
  { settings: { github }, stage, cures }: Wanted,
): Duty[] {
  const { trust, branch = defaults.branch } = github;
  if (trust !== 'branch') return [];
  const frame: Frame = {
    check: 'trust',
    subject: `branch ${branch}`,
    right: 'the roles trust the default branch',
    byHand: `write \`branch: ${defaultBranch}\` under \`github:\` in forwarder/stages/${stage}.yml, then ${cures.deploy}`,
  };
  if (branch === defaultBranch) return [{ ...frame, steps: [] }];
  const message = `the roles trust it, but the default branch is ${defaultBranch}`;
  return [{ ...frame, fault: { level: 'error', message }, steps: [] }];
}

function labels({ labels: part }: Repository): Duty {
  const wanted = reasonCodes.map(allowLabel);
  const frame: Frame = {
    check: 'labels',
    subject: 'labels',
    right: 'there is one for each reason to refuse a plan',
    byHand: `Issues > Labels > New label: ${wanted.join(', ')}`,
  };
  if (part.fault !== undefined) return unseen(frame, part.fault);
  const missing = wanted.filter((name) => !part.found.includes(name));
  if (missing.length === 0) return { ...frame, steps: [] };
  return {
    ...frame,
    fault: {
      level: 'warning',
      message: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`,
    },
    steps: missing.map((name) => ({ kind: 'create-label', name })),
  };
}

/** The roles in AWS trust these: what may use one has its role's rights. */
const environmentNames = ['read', 'sync', 'deploy'] as const;

/** Nothing is asked of environments that no role trusts. */
function environments(
  { environments: part, defaultBranch }: Repository,
  { settings: { github } }: Wanted,
): Duty[] {
  if (github.trust === 'branch') return [];
  return environmentNames.map((name) => {
    const frame: Frame = {
      check: 'environment',
      subject: `environment ${name}`,
      right: `only ${defaultBranch} may use it`,
      byHand: `Settings > Environments > ${name} > Deployment branches and tags > Selected branches and tags: ${defaultBranch} and nothing else`,
    };
    if (part.fault !== undefined) return unseen(frame, part.fault);
    const existing = part.found.find((one) => one.name === name);
    const message = environmentFault(existing, defaultBranch);
    if (message === undefined) return { ...frame, steps: [] };
    return {
      ...frame,
      fault: { level: 'error', message },
      steps: environmentSteps(name, existing, defaultBranch),
    };
  });
}

function isBranch({ pattern, type }: BranchPolicy, branch: string): boolean {
  return type === 'branch' && pattern === branch;
}

function environmentFault(existing: Environment | undefined, branch: string): string | undefined {
  if (existing === undefined) {
    return 'it is missing: GitHub makes it, open to every branch, for the first workflow that names it';
  }
  if (existing.policies === undefined) return 'other branches may use it: its role in AWS is open to them';
  const others = existing.policies.filter((policy) => !isBranch(policy, branch));
  if (others.length > 0) {
    const patterns = others.map(({ pattern, type }) => `${type} ${pattern}`).join(', ');
    return `${patterns} may use it too: its role in AWS is open to what matches`;
  }
  return existing.policies.length === 0 ? 'no branch may use it' : undefined;
}

function environmentSteps(
  environment: string,
  existing: Environment | undefined,
  branch: string,
): RepositoryStep[] {
  const policies = existing?.policies ?? [];
  return [
    ...(existing?.policies === undefined
      ? [
          {
            kind: 'limit-environment',
            environment,
            isNew: existing === undefined,
            gates: existing?.gates ?? {},
          } as const,
        ]
      : []),
    ...(policies.some((policy) => isBranch(policy, branch))
      ? []
      : [{ kind: 'let-branch', environment, branch } as const]),
    ...policies
      .filter((policy) => !isBranch(policy, branch))
      .map((policy) => ({ kind: 'shut-out', environment, policy }) as const),
  ];
}

/** Of the repository and not of an environment: whether a job runs at all is decided by them before it has one. */
function variables({ variables: part }: Repository, { settings, stack, stage, place }: Wanted): Duty[] {
  const role = (name: string) => place && roleArn(place, `${stack}-github-${name}`);
  const wanted: [name: string, value: string | undefined, told: string][] = [
    ['AWS_REGION', settings.region, settings.region],
    ...environmentNames.map((name): [string, string | undefined, string] => [
      `AWS_${name.toUpperCase()}_ROLE`,
      role(name),
      role(name) ?? `the ARN of the role ${stack}-github-${name}, which IAM shows`,
    ]),
    ...trustVariable(part, settings.github.trust),
  ];
  return wanted.map(([name, value, told]) => {
    const frame: Frame = {
      check: 'variable',
      subject: `variable ${name}`,
      right: `it is that of the stage ${stage}`,
      byHand: `Settings > Secrets and variables > Actions > Variables: ${name} is ${told}`,
    };
    if (part.fault !== undefined) return unseen(frame, part.fault);
    const existing = part.found.get(name);
    if (value === undefined) {
      return existing === undefined
        ? { ...frame, fault: { level: 'warning', message: 'it is missing' }, steps: [] }
        : unseen(frame, 'there are no credentials of the account in AWS to compare it with');
    }
    if (existing === value) return { ...frame, steps: [] };
    const message = existing === undefined ? 'it is missing' : `it is not ${value}`;
    return {
      ...frame,
      fault: { level: 'warning', message },
      steps: [{ kind: 'set-variable', name, value, isNew: existing === undefined }],
    };
  });
}

/** Workflows name an environment unless it is `branch`: of a repository that never had it otherwise, nothing is asked. */
function trustVariable(
  { found }: Repository['variables'],
  trust: 'environment' | 'branch' = 'environment',
): [name: string, value: string, told: string][] {
  const isSet = found?.has('AWS_TRUST') === true;
  return trust === 'branch' || isSet ? [['AWS_TRUST', trust, trust]] : [];
}

function protection({ protection: part, defaultBranch }: Repository): Duty {
  const frame: Frame = {
    check: 'ruleset',
    subject: `branch ${defaultBranch}`,
    right: 'a merge needs a pull request, the code owners, and the checks that ran',
    byHand: 'Settings > Rules > Rulesets > New branch ruleset: see docs/maintainers.md',
  };
  if (part.fault !== undefined) return unseen(frame, part.fault);
  const { rules, own, actionsApp } = part.found;
  const lacks = lacksOf(rules);
  if (lacks.length === 0) return { ...frame, steps: [] };
  return {
    ...frame,
    fault: { level: 'error', message: lacks.join('; ') },
    steps: [
      {
        kind: 'protect-branch',
        rules: strictRules(own?.rules ?? [], actionsApp),
        ...(own === undefined ? {} : { ruleset: own.id }),
      },
    ],
  };
}

function codeOwners({ codeOwnerErrors: part }: Repository, { codeOwners: text, stage }: Wanted): Duty[] {
  const frame: Frame = {
    check: 'code-owners-known',
    subject: codeOwnersPath,
    right: 'GitHub understands it, and knows everybody in it',
    byHand: `name people or teams of yours who have write access in ${codeOwnersPath}`,
  };
  const known: Duty =
    part.fault !== undefined
      ? unseen(frame, part.fault)
      : part.found.length === 0
        ? { ...frame, steps: [] }
        : { ...frame, fault: { level: 'warning', message: part.found.join('; ') }, steps: [] };
  return [codeOwnersFile(text, stage), known];
}

/** Needs nothing but the file. */
export function codeOwnersFile(text: string | undefined, stage: string): Duty {
  const frame: Frame = {
    check: 'code-owners',
    subject: codeOwnersPath,
    right: 'it names owners of yours',
    byHand: `name your own people or teams in ${codeOwnersPath}`,
  };
  if (text === undefined) {
    const message = 'it is missing: anybody who may write may approve';
    return { ...frame, fault: { level: 'warning', message }, steps: [] };
  }
  const [first, ...others] = placeholderOwners(createSourceText(codeOwnersPath, text));
  if (first === undefined) return { ...frame, steps: [] };
  const names = [...new Set([first, ...others].map(({ owner }) => owner))].join(', ');
  const message = `line ${spanOf(first).start.line} still names ${names}: GitHub knows no such owner, and anybody who may write may approve`;
  const level = mayHaveSamples(stage) ? 'warning' : 'error';
  return { ...frame, fault: { level, message }, steps: [] };
}
