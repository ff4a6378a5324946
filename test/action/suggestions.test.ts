import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Api } from '../../action/src/github/api.ts';
import { keepSuggestions } from '../../action/src/github/keepSuggestions.ts';
import { suggestionMarker } from '../../action/src/render/suggestions.ts';
import { type GitHubServer, startGitHub } from './githubServer.ts';

const [base, head] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string];
const text = Array.from({ length: 20 }, (_, n) => `# line ${n + 1}\n`).join('');
const date = '2026-11-01T10:00:00Z';
const file = 'aliases/example.com.yml';
const suggestion = (line: number, more = '') => ({
  file,
  firstLine: line,
  lastLine: line,
  body: `${suggestionMarker}\n${more}\n\`\`\`suggestion\n# new\n\`\`\``,
});

let github: GitHubServer;
let api: Api;
beforeAll(async () => {
  github = await startGitHub();
  process.env.GITHUB_API_URL = github.url;
  const { githubApi } = await import('../../action/src/github/api.ts');
  api = githubApi('token', 'example', 'mail');
  const commit = (sha: string, ancestors: string[], content: string) =>
    github.commits.set(sha, { sha, ancestors, files: { 'example.com.yml': content }, date });
  commit(base, [], text);
  commit(head, [base], text.replace('# line 9\n', '# changed\n'));
  github.pulls.push({ number: 7, base, head, repository: 'example/mail', branch: 'change' });
  const ofPerson = {
    id: 1,
    pull: 7,
    commit: head,
    path: file,
    line: 9,
    start_line: null,
    body: 'Why?',
    bot: false,
  };
  github.reviewComments.push(ofPerson);
});
afterAll(() => github.stop());

const lines = () => github.reviewComments.map(({ line, start_line: start, body }) => [line, start, body]);

it('are on the lines that the pull request changes, with three about them, and each once', async () => {
  const pull = { number: 7, head };
  const wanted = [suggestion(5), suggestion(6), suggestion(9), suggestion(12), suggestion(13)];
  for (let run = 0; run < 2; run += 1) await keepSuggestions(api, pull, wanted);
  expect(lines().map(([line]) => line)).toEqual([9, 6, 9, 12]);
  expect(github.reviewComments.at(-1)?.commit).toBe(head);

  const over = { ...suggestion(9, 'more'), firstLine: 8 };
  await keepSuggestions(api, pull, [over]);
  expect(lines()).toEqual([
    [9, null, 'Why?'],
    [9, 8, over.body],
  ]);

  await keepSuggestions(api, pull, []);
  expect(lines()).toEqual([[9, null, 'Why?']]);
});
