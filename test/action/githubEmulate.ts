import { createSign } from 'node:crypto';
import { createEmulator } from 'emulate';
import type { World } from './githubWorld.ts';

const here = '/repos/example/mail';
const people = ['example', 'stranger', 'maintainer', 'member'];
const action = {
  app_id: 1,
  slug: 'action',
  name: 'action',
  permissions: {
    contents: 'write',
    issues: 'write',
    pull_requests: 'write',
    checks: 'read',
    metadata: 'read',
  },
  installations: [{ installation_id: 1, account: 'example' }],
};

/** The GitHub of `emulate`, which is not our own work. A person's token is their login. */
export async function startEmulate(): Promise<World> {
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(people.map((login) => [login, { login, scopes: ['repo'] }])),
      github: {
        users: people.map((login) => ({ login })),
        repos: [{ owner: 'example', name: 'mail' }],
        apps: [action],
      },
    },
  });
  const call = caller(emulator.url);
  const key = emulator.generatedSecrets[0]?.value ?? '';
  const { token } = await call(appToken(key), 'POST', '/app/installations/1/access_tokens');
  await call('stranger', 'POST', `${here}/forks`);
  return {
    url: emulator.url,
    token,
    async commit({ files, links = {}, parent, second, date = '2026-11-01T10:00:00Z' }) {
      const blob = (mode: string) => (entry: [string, string]) => ({
        path: entry[0],
        mode,
        type: 'blob',
        content: entry[1],
      });
      const tree = [
        ...Object.entries(files).map(blob('100644')),
        ...Object.entries(links).map(blob('120000')),
      ];
      const parents = [parent, second].filter((sha) => sha !== undefined);
      const author = { name: 'Jane', email: 'jane@mailbox.example', date };
      const make = async (owner: string) => {
        const git = `/repos/${owner}/mail/git`;
        const { sha } = await call(owner, 'POST', `${git}/trees`, { tree });
        return call(owner, 'POST', `${git}/commits`, { message: 'Change', tree: sha, parents, author });
      };
      // To the same hash in the fork, which shares no commits with its parent here.
      await make('stranger');
      return (await make('example')).sha;
    },
    async arrive(commit) {
      const suite = await call('example', 'POST', `${here}/check-suites`, { head_sha: commit });
      return Date.parse(suite.created_at);
    },
    async pull({ base, head, owner, branch }) {
      await call('example', 'PATCH', `${here}/git/refs/heads/main`, { sha: base, force: true });
      await call(owner, 'POST', `/repos/${owner}/mail/git/refs`, { ref: `refs/heads/${branch}`, sha: head });
      const pull = { title: 'Change', head: `${owner}:${branch}`, base: 'main' };
      return (await call(owner, 'POST', `${here}/pulls`, pull)).number;
    },
    async queueBranch(branch, commit) {
      await call('example', 'POST', `${here}/git/refs`, { ref: `refs/heads/${branch}`, sha: commit });
    },
    async issue(label) {
      const issue = { title: 'Mine', labels: [label] };
      return (await call('member', 'POST', `${here}/issues`, issue)).number;
    },
    async comment(issue, body) {
      await call('member', 'POST', `${here}/issues/${issue}/comments`, { body });
    },
    async setLabel(issue, label, actor) {
      await call(actor, 'POST', `${here}/issues/${issue}/labels`, { labels: [label] });
    },
    async removeLabel(issue, label) {
      await call('example', 'DELETE', `${here}/issues/${issue}/labels/${label}`);
    },
    async setRole(login, role) {
      await call('example', 'PUT', `${here}/collaborators/${login}`, { permission: role });
    },
    stop: () => emulator.close(),
  };
}

/** What is read of the answers, each of which has some of it. */
interface Answer {
  readonly sha: string;
  readonly number: number;
  readonly created_at: string;
  readonly token: string;
}

function caller(url: string) {
  return async (token: string, method: string, path: string, body: object = {}): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
}

/** Signs as app 1 for a minute: RS256, the only algorithm that GitHub takes. */
function appToken(key: string): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat: now, exp: now + 60, iss: '1' })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
}
