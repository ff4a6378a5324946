import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startSystem } from '../../forwarder/local/system.ts';
import { packagedFolder } from '../packaged.ts';

const packaged = join(packagedFolder, '.serverless/cloudformation-template-update-stack.json');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aliasops-start-failure-'));
  vi.stubEnv('TMPDIR', folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** The ids of the processes that this one has started and that have not ended. */
function children(): readonly string[] {
  const tasks = `/proc/${process.pid}/task`;
  return readdirSync(tasks)
    .flatMap((task) => readFileSync(`${tasks}/${task}/children`, 'utf8').split(' '))
    .filter((id) => id !== '')
    .sort();
}

type Resources = Record<string, { readonly Properties: Record<string, unknown> }>;

/** Starts a system on a changed template, or at a port; gives the processes and folders that it left behind. */
async function leftBy(change: (resources: Resources) => void, smtpPort = 0): Promise<readonly string[]> {
  const template = JSON.parse(readFileSync(packaged, 'utf8')) as { readonly Resources: Resources };
  change(template.Resources);
  await writeFile(join(folder, 'template.json'), JSON.stringify(template));
  const before = children();
  const starting = startSystem({
    template: join(folder, 'template.json'),
    root: packagedFolder,
    outbox: join(folder, 'outbox'),
    smtpPort,
    log: () => {},
  });
  await expect(starting).rejects.toThrow();
  const folders = readdirSync(folder).filter((name) => !['template.json', 'outbox'].includes(name));
  return [...children().filter((id) => !before.includes(id)), ...folders];
}

it.each<[string, (resources: Resources) => void]>([
  [
    'the template does not say in which order the rules come',
    ({ ProcessRule }) => delete ProcessRule?.Properties.After,
  ],
  ['a stream is missing', ({ BouncesTable }) => delete BouncesTable?.Properties.StreamSpecification],
  ['a table cannot be made', ({ BouncesTable }) => delete BouncesTable?.Properties.KeySchema],
])('leaves no server and no folder behind when %s', async (_, change) => {
  expect(await leftBy(change)).toEqual([]);
});

it('leaves no server and no folder behind when the port is taken', async () => {
  const server = await new Promise<Server>((resolve) => {
    const opened = createServer().listen(0, '127.0.0.1', () => resolve(opened));
  });
  const address = server.address();
  try {
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(port).toBeGreaterThan(0);
    expect(await leftBy(() => {}, port)).toEqual([]);
  } finally {
    server.close();
  }
});
