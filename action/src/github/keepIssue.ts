import type { Api } from './api.ts';

export interface KeptIssue {
  /** By which the issue is found again. */
  readonly label: string;
  readonly title: string;
  /** Undefined when there is nothing to say: the issue is closed then. */
  readonly body: string | undefined;
  /** What the closing comment says. */
  readonly over: string;
}

/** Keeps one issue open while there is something to say, with what there is to say now. */
export async function keepIssue(api: Api, { label, title, body, over }: KeptIssue): Promise<void> {
  const [issue] = await api.openIssues(label);
  if (body === undefined) {
    if (issue !== undefined) await api.closeIssue(issue.number, over);
  } else if (issue === undefined) {
    await api.openIssue(title, body, label);
  } else if (issue.body !== body) {
    await api.changeIssue(issue.number, body);
  }
}
