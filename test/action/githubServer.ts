import { type Answer, type Call, List, Refusal, type RestServer, startRest } from './restServer.ts';

export interface Commit {
  readonly sha: string;
  /** Its ancestors, nearest first. */
  readonly ancestors: readonly string[];
  /** Its second parent, which is one of the ancestors: what it merged. */
  readonly second?: string;
  /** By their paths in the folder `aliases`. */
  readonly files: Readonly<Record<string, string>>;
  /** The names of symbolic links in that folder. */
  readonly links?: readonly string[];
  readonly date: string;
  /** When GitHub first saw it: its check suite's time, if it has one. GitHub may not say: null. */
  readonly arrived?: string | null;
}

export interface PullOnServer {
  readonly number: number;
  readonly base: string;
  readonly head: string;
  readonly repository: string;
  readonly branch: string;
  /** The branch that it asks to change; `main` without. */
  readonly into?: string;
  /** The commit that merged it; open without. */
  readonly merged?: string;
  /** The commits on the default branch that it brought besides, where it was merged by rebasing. */
  readonly rebased?: readonly string[];
}

export interface GitHubServer extends RestServer {
  readonly commits: Map<string, Commit>;
  readonly pulls: PullOnServer[];
  /** Branches of a merge queue, without `refs/heads/`, and their commits. */
  readonly queue: Map<string, string>;
  /** Events on labels, oldest first, `labeled` unless they say otherwise. */
  readonly labels: {
    issue: number;
    label: string;
    actor: string;
    at: string;
    removed?: boolean;
    /** What the label is called now, where it was renamed since: its events keep the old name. */
    renamed?: string;
    event?: string;
  }[];
  /** By login; `gone` for an account that was deleted. */
  readonly roles: Map<string, string>;
  readonly comments: { id: number; issue: number; body: string; bot: boolean }[];
  /** On lines of a pull request; `line` is null once the line is gone. */
  readonly reviewComments: {
    id: number;
    pull: number;
    commit: string;
    path: string;
    line: number | null;
    start_line: number | null;
    body: string;
    bot: boolean;
  }[];
  readonly issues: {
    number: number;
    title: string;
    body: string;
    labels: string[];
    state: string;
    bot: boolean;
  }[];
}

/** As much of GitHub's REST API as the action uses, for the repository `example/mail`, in memory, in small pages. */
export async function startGitHub(): Promise<GitHubServer> {
  const state: State = {
    commits: new Map(),
    pulls: [],
    queue: new Map(),
    labels: [],
    roles: new Map(),
    comments: [],
    reviewComments: [],
    issues: [],
  };
  return { ...state, ...(await startRest((call) => answer(state, call))) };
}

type State = Omit<GitHubServer, keyof RestServer>;
type Route = readonly [
  string,
  RegExp,
  (match: RegExpExecArray, query: URLSearchParams, body: never) => unknown,
];

function answer(state: State, { method: asked, path, query, body }: Call): Answer {
  for (const [method, pattern, handle] of routes(state)) {
    const match = method === asked ? pattern.exec(path) : null;
    if (match === null) continue;
    const value = handle(match, query, body);
    if (value === undefined) break;
    return { status: asked === 'POST' ? 201 : 200, value: Array.isArray(value) ? new List(value) : value };
  }
  throw new Refusal(404, `Not Found: ${asked} ${path}`);
}

function routes(state: State): readonly Route[] {
  const { commits, pulls, queue, labels, roles, comments, reviewComments, issues } = state;
  const shown = (pull: PullOnServer) => ({
    number: pull.number,
    base: { sha: pull.base, ref: pull.into ?? 'main', repo: { default_branch: 'main' } },
    head: { sha: pull.head, repo: { full_name: pull.repository } },
    merge_commit_sha: pull.merged ?? null,
    merged_at: pull.merged === undefined ? null : '2026-01-01T00:00:00Z',
  });
  const parentsOf = (sha: string) => {
    const { ancestors: [first] = [], second } = commits.get(sha) ?? {};
    return [first, second].flatMap((one) => (one === undefined ? [] : [{ sha: one }]));
  };
  return [
    [
      'GET',
      /^\/compare\/(\w+)\.\.\.(\w+)$/,
      ([, base = '', head = ''], query) => {
        const [one, other] = [commits.get(base), commits.get(head)];
        if (one === undefined || other === undefined) return undefined;
        const line = [base, ...one.ancestors];
        const common = [head, ...other.ancestors].find((sha) => line.includes(sha));
        if (common === undefined) return undefined;
        const status =
          base === head ? 'identical' : common === base ? 'ahead' : common === head ? 'behind' : 'diverged';
        const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('per_page') ?? 30)];
        const ahead = [head, ...other.ancestors].filter((sha) => !line.includes(sha)).reverse();
        return {
          status,
          merge_base_commit: { sha: common },
          commits: ahead
            .slice((page - 1) * size, page * size)
            .map((sha) => ({ sha, parents: parentsOf(sha) })),
        };
      },
    ],
    [
      'GET',
      /^\/git\/blobs\/(\w+)-(.+)$/,
      ([, sha = '', name = '']) => {
        const text = commits.get(sha)?.files[name];
        if (text === undefined) return undefined;
        return { content: Buffer.from(text).toString('base64'), encoding: 'base64' };
      },
    ],
    [
      'GET',
      /^\/git\/trees\/(\w+)$/,
      ([, sha = '']) => {
        const commit = commits.get(sha);
        const tree = [{ path: 'aliases', mode: '040000', type: 'tree', sha: `${sha}-aliases` }];
        return commit && { sha, tree: listing(commit).length === 0 ? [] : tree, truncated: false };
      },
    ],
    [
      'GET',
      /^\/git\/trees\/(\w+)-aliases$/,
      ([, sha = ''], query) => {
        const commit = commits.get(sha);
        // Without `recursive` GitHub would list the folder alone, for which nobody here asks.
        if (commit === undefined || !query.has('recursive')) return undefined;
        return { sha: `${sha}-aliases`, tree: listing(commit), truncated: false };
      },
    ],
    [
      'GET',
      /^\/pulls$/,
      (_, query) =>
        pulls
          .filter(({ merged }) => merged === undefined)
          .filter((pull) => `${pull.repository.split('/')[0]}:${pull.branch}` === query.get('head'))
          .map(shown),
    ],
    [
      'GET',
      /^\/pulls\/(\d+)$/,
      ([, number]) => {
        const found = pulls.find((pull) => pull.number === Number(number));
        return found && shown(found);
      },
    ],
    [
      'GET',
      /^\/commits\/(\w+)\/pulls$/,
      ([, sha = '']) =>
        commits.has(sha)
          ? pulls.filter(({ merged, rebased = [] }) => [merged, ...rebased].includes(sha)).map(shown)
          : undefined,
    ],
    [
      'GET',
      /^\/git\/matching-refs\/heads\/(.+)$/,
      ([, prefix = '']) =>
        [...queue]
          .filter(([branch]) => branch.startsWith(prefix))
          .map(([branch, sha]) => ({ ref: `refs/heads/${branch}`, object: { sha } })),
    ],
    [
      'GET',
      /^\/commits\/(\w+)$/,
      ([, sha = '']) => {
        const commit = commits.get(sha);
        return commit && { sha, commit: { committer: { date: commit.date } } };
      },
    ],
    [
      'GET',
      /^\/commits\/(\w+)\/check-suites$/,
      ([, sha = '']) => {
        const arrived = commits.get(sha)?.arrived;
        return { check_suites: arrived === undefined ? [] : [{ created_at: arrived }] };
      },
    ],
    [
      'GET',
      /^\/issues\/(\d+)\/labels$/,
      ([, issue]) =>
        labels
          .filter((one) => one.issue === Number(issue) && one.removed !== true)
          .map(({ label, renamed = label }) => ({ name: renamed })),
    ],
    [
      'GET',
      /^\/issues\/(\d+)\/events$/,
      ([, issue]) =>
        labels
          .filter((one) => one.issue === Number(issue))
          .map(({ label, actor, at, event = 'labeled' }) => ({
            event,
            label: { name: label },
            actor: actor === '' ? null : { login: actor },
            created_at: at,
          })),
    ],
    [
      'GET',
      /^\/collaborators\/([^/]+)\/permission$/,
      ([, login = '']) => {
        const role = roles.get(login) ?? 'read';
        return role === 'gone' ? undefined : { permission: 'write', role_name: role };
      },
    ],
    [
      'GET',
      /^\/issues\/(\d+)\/comments$/,
      ([, issue]) =>
        comments
          .filter((one) => one.issue === Number(issue))
          .map(({ id, body, bot }) => ({ id, body, user: { type: bot ? 'Bot' : 'User' } })),
    ],
    [
      'POST',
      /^\/issues\/(\d+)\/comments$/,
      ([, issue], _, { body }: { body: string }) => {
        if (![...issues, ...pulls].some(({ number }) => number === Number(issue))) return undefined;
        comments.push({ id: comments.length + 1, issue: Number(issue), body, bot: true });
        return { id: comments.length };
      },
    ],
    [
      'PATCH',
      /^\/issues\/comments\/(\d+)$/,
      ([, id], _, { body }: { body: string }) => {
        const comment = comments.find((one) => one.id === Number(id));
        return comment && Object.assign(comment, { body });
      },
    ],
    [
      'GET',
      /^\/pulls\/(\d+)\/files$/,
      ([, number]) => {
        const pull = pulls.find((one) => one.number === Number(number));
        return pull && patchesOf(commits.get(pull.base), commits.get(pull.head));
      },
    ],
    [
      'GET',
      /^\/pulls\/(\d+)\/comments$/,
      ([, number]) =>
        reviewComments
          .filter(({ pull }) => pull === Number(number))
          .map(({ bot, ...one }) => ({ ...one, user: { type: bot ? 'Bot' : 'User' } })),
    ],
    [
      'POST',
      /^\/pulls\/(\d+)\/reviews$/,
      ([, number], _, { commit_id: commit, comments: lines }: ReviewBody) => {
        const pull = pulls.find((one) => one.number === Number(number));
        if (pull === undefined) return undefined;
        const patches = patchesOf(commits.get(pull.base), commits.get(pull.head));
        for (const { path, line } of lines) {
          const patch = patches.find(({ filename }) => filename === path);
          if (patch === undefined || line < patch.first || line > patch.last) {
            throw new Refusal(422, 'pull_request_review_thread.line must be part of the diff');
          }
        }
        for (const { path, line, start_line: start = null, body } of lines) {
          const id = Math.max(0, ...reviewComments.map((one) => one.id)) + 1;
          reviewComments.push({
            id,
            pull: pull.number,
            commit,
            path,
            line,
            start_line: start,
            body,
            bot: true,
          });
        }
        return { id: 1 };
      },
    ],
    [
      'DELETE',
      /^\/pulls\/comments\/(\d+)$/,
      ([, id]) => {
        const index = reviewComments.findIndex((one) => one.id === Number(id));
        return index < 0 ? undefined : reviewComments.splice(index, 1);
      },
    ],
    [
      'GET',
      /^\/issues$/,
      (_, query) =>
        issues
          .filter((one) => one.state === 'open' && one.labels.includes(query.get('labels') ?? ''))
          .map(({ bot, ...one }) => ({ ...one, user: { type: bot ? 'Bot' : 'User' } }))
          .toReversed(),
    ],
    [
      'POST',
      /^\/issues$/,
      (_, __, issue: { title: string; body: string; labels: string[] }) => {
        const number = Math.max(0, ...[...issues, ...pulls].map((one) => one.number)) + 1;
        issues.push({ ...issue, number, state: 'open', bot: true });
        return { number };
      },
    ],
    [
      'PATCH',
      /^\/issues\/(\d+)$/,
      ([, number], _, change: object) => {
        const issue = issues.find((one) => one.number === Number(number));
        return issue && Object.assign(issue, change);
      },
    ],
  ];
}

interface ReviewBody {
  readonly commit_id: string;
  readonly comments: readonly { path: string; line: number; start_line?: number; body: string }[];
}

/** What differs between two commits, with three lines about it, as one hunk of each file. */
function patchesOf(base: Commit | undefined, head: Commit | undefined) {
  return Object.entries(head?.files ?? {}).flatMap(([name, text]) => {
    const [was, is] = [linesOf(base?.files[name] ?? ''), linesOf(text)];
    const shared = (one: readonly string[], other: readonly string[]): number => {
      const at = one.findIndex((line, index) => line !== other[index]);
      return at < 0 ? one.length : at;
    };
    const start = Math.min(shared(was, is), shared(is, was));
    if (start === was.length && start === is.length) return [];
    const rest = (lines: readonly string[]) => lines.slice(start).reverse();
    const end = Math.min(shared(rest(was), rest(is)), shared(rest(is), rest(was)));
    const from = Math.max(0, start - 3);
    const [oldEnd, newEnd] = [was.length - end, is.length - end];
    const tail = is.slice(newEnd, newEnd + 3);
    const marked = (sign: string, lines: readonly string[]) => lines.map((line) => `${sign}${line}`);
    const patch = [
      `@@ -${from + 1},${oldEnd - from + tail.length} +${from + 1},${newEnd - from + tail.length} @@`,
      ...marked(' ', is.slice(from, start)),
      ...marked('-', was.slice(start, oldEnd)),
      ...marked('+', is.slice(start, newEnd)),
      ...marked(' ', tail),
    ].join('\n');
    return [{ filename: `aliases/${name}`, patch, first: from + 1, last: newEnd + tail.length }];
  });
}

function linesOf(text: string): string[] {
  return text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);
}

/** The folder `aliases` as GitHub lists its tree, with what is in its subfolders. */
function listing({ sha, files, links = [] }: Commit): readonly { readonly path: string }[] {
  const entries = new Map<string, { readonly type: string; readonly mode: string; readonly size?: number }>();
  for (const [path, text] of Object.entries(files)) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      entries.set(path.slice(0, at), { type: 'tree', mode: '040000' });
    }
    entries.set(path, { type: 'blob', mode: '100644', size: Buffer.byteLength(text) });
  }
  for (const name of links) entries.set(name, { type: 'blob', mode: '120000', size: 1 });
  return [...entries]
    .map(([path, entry]) => ({ path, sha: `${sha}-${path}`, ...entry }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
