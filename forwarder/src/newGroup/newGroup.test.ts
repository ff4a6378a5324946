import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSingle } from '../../../schema/src/commandLine/program.ts';
import { newGroupCommand } from './newGroup.ts';
import { isSample } from './samples.ts';

const repository = join(import.meta.dirname, '../../..');
const flags = {
  domain: 'sonnenhof.internal',
  postmaster: 'jane@mailbox.internal',
  to: 'jane@mailbox.internal,mia@home.internal',
  region: 'eu-central-1',
  repository: 'sonnenhof/mail',
  alarm: 'jane@mailbox.internal',
  'owner-id': '11',
  'repository-id': '12',
};
const lineOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);

/** No GitHub answers here. */
const nowhere = { GITHUB_API_URL: 'http://127.0.0.1:1' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-group-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(
  line: readonly string[],
  {
    answers,
    environment = nowhere,
  }: { answers?: readonly string[]; environment?: Record<string, string> } = {},
) {
  const said = { out: '', note: '' };
  const rest = [...(answers ?? [])];
  const asked: string[] = [];
  const askText = async (question: string) => {
    asked.push(question);
    return rest.shift();
  };
  const world = {
    out: (text: string | Uint8Array) => {
      said.out += text.toString();
    },
    note: (text: string) => {
      said.note += text;
    },
    folder,
    environment,
    ...(answers === undefined ? {} : { askText }),
  };
  const program = { name: 'npm run -s new --', version: '1', command: newGroupCommand };
  const code = await runSingle(program, line, world, String);
  return { code, ...said, asked };
}

async function written(path: string): Promise<string> {
  return readFile(join(folder, path), 'utf8');
}

describe('npm run new', () => {
  it('writes all files in an empty folder, and nothing the second time', async () => {
    const first = await run(lineOf(flags));
    expect(first).toMatchObject({ code: 0, note: expect.stringContaining('check --stage production') });
    expect((await readdir(join(folder, 'aliases'))).sort()).toEqual([
      '_policy.yml',
      '_shared.yml',
      'sonnenhof.internal.yml',
    ]);
    const paths = first.out
      .trim()
      .split('\n')
      .map((line) => line.replace('write ', ''));
    const texts = await Promise.all(paths.map(async (path) => `==> ${path}\n${await written(path)}`));
    await expect(texts.join('\n')).toMatchFileSnapshot('golden/empty.txt');
    expect(await run(lineOf(flags))).toMatchObject({
      code: 0,
      out: '',
      note: 'The files are as they should be.\n',
    });
  });

  it('writes nothing in a dry run', async () => {
    expect((await run([...lineOf(flags), '--dry-run'])).code).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('names everything that is missing or wrong at once, and writes nothing', async () => {
    const nothing = await run([]);
    const two = await run([
      '--repository',
      'sonnenhof/mail',
      '--region',
      'Frankfurt',
      '--domain',
      'example.com',
    ]);
    for (const { code, out } of [nothing, two]) expect({ code, out }).toEqual({ code: 2, out: '' });
    await expect(`${nothing.note}\n${two.note}`).toMatchFileSnapshot('golden/missing.txt');
    expect(await readdir(folder)).toEqual([]);
  });

  it('overwrites nothing that somebody has written, and names all of it', async () => {
    await run(lineOf(flags));
    for (const name of ['aliases/_policy.yml', '.github/CODEOWNERS'])
      await writeFile(join(folder, name), 'ours');
    await writeFile(join(folder, 'aliases/example.org.yml'), 'ours');
    const { code, out, note } = await run(lineOf({ ...flags, region: 'eu-west-1' }));
    expect({ code, out }).toEqual({ code: 1, out: '' });
    for (const path of ['aliases/_policy.yml', '.github/CODEOWNERS', 'aliases/example.org.yml']) {
      expect(note).toContain(`  ${path}\n`);
      expect(await written(path)).toBe('ours');
    }
  });

  it('asks for what is not given, again where the answer is wrong', async () => {
    const { domain, repository: _, ...rest } = flags;
    const { code, asked, note } = await run(lineOf(rest), {
      answers: ['example.com', domain, '', 'sonnenhof/mail', ''],
    });
    expect(code).toBe(0);
    expect(asked).toEqual([
      'Which domain gets mail?',
      'Which domain gets mail?',
      'What is the name of a first address? (info)',
      'Which repository on GitHub is this? (OWNER/NAME)',
      expect.stringContaining('Who must approve changes?'),
    ]);
    expect(note).toContain('`example.com`: that domain is kept for examples, and gets no mail.\n');
    expect(await written('.github/CODEOWNERS')).toContain('* @sonnenhof\n');
  });

  it('writes nothing where the answers end', async () => {
    const { code, note } = await run([], { answers: ['sonnenhof.internal'] });
    expect({ code, note }).toEqual({ code: 2, note: expect.stringContaining('Nothing was written') });
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks GitHub for the numbers, with the token that there is', async () => {
    const heard: unknown[] = [];
    const server = createServer(({ url, headers }, response) => {
      heard.push([url, headers.authorization]);
      response.end(JSON.stringify({ id: 22, owner: { id: 21 } }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { 'owner-id': _, 'repository-id': __, ...rest } = flags;
    try {
      const environment = { GITHUB_API_URL: `http://127.0.0.1:${port}`, GH_TOKEN: 't' };
      expect((await run(lineOf(rest), { environment })).code).toBe(0);
    } finally {
      server.close();
    }
    expect(heard).toEqual([['/repos/sonnenhof/mail', 'token t']]);
    expect(await written('forwarder/stages/production.yml')).toMatch(/ownerId: 21\n.*repositoryId: 22\n/s);
  });
});

it('takes the samples away, and keeps what they say beside the values', async () => {
  const paths = ['aliases', 'forwarder/stages', '.github/CODEOWNERS'];
  for (const path of paths) await cp(join(repository, path), join(folder, path), { recursive: true });
  const before = await written('forwarder/stages/production.yml');
  // A group's own repository has none: there, nothing is overwritten.
  const isTemplate = isSample('forwarder/stages/production.yml', before);
  const { code, out } = await run(lineOf(flags));
  expect(code).toBe(isTemplate ? 0 : 1);
  if (!isTemplate) return;
  expect(out).toContain('remove aliases/example.com.yml\nremove aliases/example.org.yml\n');
  for (const guide of ['aliases/README.md', 'aliases/LISEZMOI.md']) {
    expect(await written(guide)).toContain('[sonnenhof.internal.yml](sonnenhof.internal.yml)');
    expect(await written(guide)).not.toContain('(example.com.yml)');
  }
  const comments = (text: string) => text.split('\n').filter((line) => line.trimStart().startsWith('#'));
  expect(comments(await written('forwarder/stages/production.yml'))).toEqual(comments(before));
  expect(await written('.github/CODEOWNERS')).toMatch(/^\/aliases\/_shared\.yml +@sonnenhof$/m);
});
