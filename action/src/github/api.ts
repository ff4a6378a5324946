import type { SourceFile } from '../../../schema/src/check.ts';

export interface Comment {
  readonly id: number;
  readonly body: string;
}

export interface Pull {
  readonly number: number;
  readonly base: string;
  readonly head: string;
}

export interface LabelEvent {
  readonly label: string;
  readonly actor: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Issue {
  readonly number: number;
  readonly body: string;
}

/** What the action asks of GitHub, and does there. */
export interface Api {
  /** The last commit that two have in common. */
  mergeBase(base: string, head: string): Promise<string>;
  isDescendant(later: string, earlier: string): Promise<boolean>;
  /** The files of a folder at a commit, as data: bounded in number and size. */
  files(commit: string, folder: string): Promise<SourceFile[]>;
  pull(number: number): Promise<Pull>;
  pullOfHead(head: string, repository: string, branch: string): Promise<Pull | undefined>;
  /** The merged pull request that a commit of the default branch comes from. */
  pullOfMerge(commit: string): Promise<Pull | undefined>;
  comments(issue: number): Promise<readonly Comment[]>;
  addComment(issue: number, body: string): Promise<void>;
  changeComment(comment: number, body: string): Promise<void>;
  /** Labels on an issue or a pull request now, who set each last and when; none from before its branch was rewritten. */
  labels(issue: number): Promise<readonly LabelEvent[]>;
  /** When a commit came to GitHub, by GitHub's clock and not by what the commit says; epoch milliseconds. */
  arrivedAt(commit: string): Promise<number>;
  /** Whether a login has maintain or admin rights. */
  maintains(login: string): Promise<boolean>;
  openIssues(label: string): Promise<readonly Issue[]>;
  openIssue(title: string, body: string, label: string): Promise<void>;
  changeIssue(issue: number, body: string): Promise<void>;
  closeIssue(issue: number, comment: string): Promise<void>;
}
