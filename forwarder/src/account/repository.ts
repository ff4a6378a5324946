import type { BranchRule } from './branchRules.ts';
import type { Part } from './part.ts';

/** A repository on GitHub as it was found. */
export interface Repository {
  readonly id: number;
  readonly ownerId: number;
  readonly defaultBranch: string;
  readonly labels: Part<readonly string[]>;
  readonly environments: Part<readonly Environment[]>;
  readonly variables: Part<ReadonlyMap<string, string>>;
  readonly protection: Part<Protection>;
  /** What GitHub does not understand in the file of code owners: a line, and what is wrong with it. */
  readonly codeOwnerErrors: Part<readonly string[]>;
  readonly drift: Part<WorkflowFacts>;
}

/** A workflow that runs by itself, and would stop without a word. */
export interface WorkflowFacts {
  /** `active`, or why GitHub does not start it. */
  readonly state: string;
  /** The latest run that was not skipped; undefined when there is none. */
  readonly lastRun?: {
    /** Seconds since it began. */
    readonly age: number;
    readonly conclusion: string;
  };
}

export interface Environment {
  readonly name: string;
  /** Which branches and tags may use it; undefined where all may, or all that are protected. */
  readonly policies?: readonly BranchPolicy[];
  /** Its reviewers and its timer, as GitHub takes them: who changes an environment says them again, or loses them. */
  readonly gates: object;
}

export interface BranchPolicy {
  readonly id: number;
  readonly pattern: string;
  readonly type: string;
}

export interface Protection {
  /** The rules that hold for the default branch, of all rulesets. */
  readonly rules: readonly BranchRule[];
  /** Our own ruleset, on or off. */
  readonly own?: { readonly id: number; readonly rules: readonly BranchRule[] };
  /** The id of the app that runs workflows. */
  readonly actionsApp: number;
}

/** One thing that the set-up does through GitHub's API. */
export type RepositoryStep =
  | { readonly kind: 'create-label'; readonly name: string }
  | {
      readonly kind: 'limit-environment';
      readonly environment: string;
      readonly isNew: boolean;
      readonly gates: object;
    }
  | { readonly kind: 'let-branch'; readonly environment: string; readonly branch: string }
  | { readonly kind: 'shut-out'; readonly environment: string; readonly policy: BranchPolicy }
  | { readonly kind: 'set-variable'; readonly name: string; readonly value: string; readonly isNew: boolean }
  /** `ruleset`: the id of ours, where it exists. */
  | { readonly kind: 'protect-branch'; readonly ruleset?: number; readonly rules: readonly BranchRule[] };

/** The ruleset that the set-up makes and keeps. */
export const rulesetName = 'aliasops';

/** A line for whoever watches the set-up. */
export function describeRepositoryStep(step: RepositoryStep): string {
  switch (step.kind) {
    case 'create-label':
      return `label ${step.name}: make it`;
    case 'limit-environment':
      return `environment ${step.environment}: ${step.isNew ? 'make it' : 'close it to every branch'}`;
    case 'let-branch':
      return `environment ${step.environment}: let ${step.branch} use it`;
    case 'shut-out':
      return `environment ${step.environment}: no longer let the ${step.policy.type} ${step.policy.pattern} use it`;
    case 'set-variable':
      return `variable ${step.name}: ${step.isNew ? 'set' : 'change'} it to ${step.value}`;
    case 'protect-branch':
      return `ruleset ${rulesetName}: ${step.ruleset === undefined ? 'make it, for the default branch' : 'add what it lacks'}`;
  }
}
