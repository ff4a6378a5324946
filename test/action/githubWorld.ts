import { createHash } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startGitHub } from './githubServer.ts';

/** What is arranged on a server for the repository `example/mail` before the action asks. */
export interface World {
  readonly url: string;
  /** The action's: of an app, so that what it writes is a bot's. */
  readonly token: string;
  commit(made: NewCommit): Promise<string>;
  /** Lets a check suite begin at a commit; answers when, in epoch milliseconds. */
  arrive(commit: string): Promise<number>;
  pull(pull: NewPull): Promise<number>;
  /** A branch that a merge queue makes. */
  queueBranch(branch: string, commit: string): Promise<void>;
  /** An issue that a person opens. */
  issue(label: string): Promise<number>;
  comment(issue: number, body: string): Promise<void>;
  setLabel(issue: number, label: string, actor: Person): Promise<void>;
  removeLabel(issue: number, label: string): Promise<void>;
  setRole(login: Person, role: 'admin' | 'maintain' | 'triage'): Promise<void>;
  stop(): Promise<void>;
}

export interface NewCommit {
  /** By their paths from the repository's root. */
  readonly files: Readonly<Record<string, string>>;
  /** Symbolic links and what they lead to. */
  readonly links?: Readonly<Record<string, string>>;
  readonly parent?: string;
  /** The second parent: what it merges. */
  readonly second?: string;
  readonly date?: string;
}

export interface NewPull {
  readonly base: string;
  readonly head: string;
  readonly owner: 'example' | 'stranger';
  readonly branch: string;
}

export type Person = 'maintainer' | 'member';

/** Our own server. */
export async function startOurs(): Promise<World> {
  const github = await startGitHub();
  const nextNumber = () => github.issues.length + github.pulls.length + 1;
  return {
    url: github.url,
    token: 'ours',
    async commit({ files, links = {}, parent, second, date = '2026-11-01T10:00:00Z' }) {
      const sha = createHash('sha1').update(String(github.commits.size)).digest('hex');
      const line = (from?: string) =>
        from === undefined ? [] : [from, ...(github.commits.get(from)?.ancestors ?? [])];
      const ancestors = [...new Set([...line(parent), ...line(second)])];
      github.commits.set(sha, {
        sha,
        ancestors,
        ...(second === undefined ? {} : { second }),
        files: Object.fromEntries(inAliases(files)),
        links: inAliases(links).map(([name]) => name),
        date,
      });
      return sha;
    },
    async arrive(sha) {
      const commit = github.commits.get(sha);
      const now = new Date();
      if (commit !== undefined) github.commits.set(sha, { ...commit, arrived: now.toISOString() });
      return now.getTime();
    },
    async pull({ base, head, owner, branch }) {
      const number = nextNumber();
      github.pulls.push({ number, base, head, repository: `${owner}/mail`, branch });
      return number;
    },
    async queueBranch(branch, commit) {
      github.queue.set(branch, commit);
    },
    async issue(label) {
      const number = nextNumber();
      github.issues.push({ number, title: 'Mine', body: '', labels: [label], state: 'open', bot: false });
      return number;
    },
    async comment(issue, body) {
      github.comments.push({ id: github.comments.length + 1, issue, body, bot: false });
    },
    async setLabel(issue, label, actor) {
      github.labels.push({ issue, label, actor, at: new Date().toISOString() });
    },
    async removeLabel(issue, label) {
      for (const one of github.labels) if (one.issue === issue && one.label === label) one.removed = true;
    },
    async setRole(login, role) {
      github.roles.set(login, role);
    },
    stop: async () => github.stop(),
  };
}

/** The entries below the folder `aliases`, by their paths in it: the server knows no other folder. */
function inAliases(entries: Readonly<Record<string, string>>): [path: string, content: string][] {
  return Object.entries(entries).flatMap(([path, content]) =>
    path.startsWith('aliases/') ? [[path.slice('aliases/'.length), content]] : [],
  );
}

export interface Front {
  readonly url: string;
  stop(): void;
}

/** One address in front of several servers, as @actions/github reads its address once: the token selects the server. */
export async function startFront(urlOfToken: ReadonlyMap<string, string>): Promise<Front> {
  const server = createServer((asked, answer) => {
    const token = asked.headers.authorization?.split(' ')[1] ?? '';
    const { method, headers } = asked;
    const onward = request(`${urlOfToken.get(token)}${asked.url}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.on('error', (error) => answer.destroy(error));
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
