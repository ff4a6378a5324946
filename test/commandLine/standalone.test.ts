import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packagedFolder } from '../packaged.ts';
import { folderOf, runNode } from '../tablesFixture.ts';

const deploy = 'forwarder/src/deploy/deploy.ts';
const newGroup = 'forwarder/src/newGroup/new.ts';
const start = 'forwarder/local/start.ts';
const demo = 'forwarder/local/demo/demo.ts';
const nowhere = '/nowhere/at/all';
const withoutKeys = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: nowhere,
  AWS_SHARED_CREDENTIALS_FILE: nowhere,
};
const away = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };

it.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
  [
    'a wrong option',
    [deploy, '--dif'],
    {},
    /^Unknown option `--dif`\. Did you mean `--diff`\?\nSee `npm run -s deploy -- --help`\.\n$/,
  ],
  [
    'a wrong stage',
    [deploy, '--stage', 'prodution'],
    {},
    /^There is no stage `prodution`: .* Did you mean `production`\? [^\n]*\nSee [^\n]*\n$/,
  ],
  [
    'no credentials',
    [deploy, '--diff', '--stage', 'local'],
    withoutKeys,
    /^There are no AWS credentials to use: [^\n]* Sign in, [^\n]*\n$/,
  ],
  [
    'CloudFormation that is away',
    [deploy, '--diff', '--stage', 'local'],
    away,
    /^127\.0\.0\.1:1 does not answer \(ECONNREFUSED\)\. Check [^\n]*\n$/,
  ],
  [
    'a wrong option',
    [start, '--port'],
    {},
    /^Unknown option `--port`\. [^\n]*\nSee `npm start -- --help`\.\n$/,
  ],
  [
    'a port that is none',
    [start],
    { PORT_HTTP: '70000' },
    /^PORT_HTTP must be a port, a number from 0 to 65535, not `70000`\.\nSee [^\n]*\n$/,
  ],
  [
    'no package',
    [start],
    { PACKAGED: nowhere },
    /^There is no packaged forwarder in \/nowhere\/at\/all\. Run `npm start`, [^\n]*\n$/,
  ],
  [
    'no package',
    [demo],
    { PACKAGED: nowhere },
    /^There is no packaged forwarder in \/nowhere\/at\/all\. Run `npm run demo`, [^\n]*\n$/,
  ],
])('ends on %s with a sentence and its cure: %j', async (_, words, environment, said) => {
  const { code, stdout, stderr } = await runNode(words, environment);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(said);
});

it.each([
  ['deploy', deploy],
  ['new', newGroup],
  ['start', start],
  ['demo', demo],
])('prints the help of %s as a result', async (name, file) => {
  const { code, stdout, stderr } = await runNode([file, '--help'], {});
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await expect(stdout).toMatchFileSnapshot(`golden/${name}.txt`);
});

it.each(['PORT_SMTP', 'PORT_HTTP'])(
  'says which variable chooses another port where that of %s is taken',
  async (variable) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const OUTBOX = join(await folderOf({}), 'outbox');
    const free = { PORT_SMTP: '0', PORT_HTTP: '0' };
    try {
      const { code, stderr } = await runNode([start], {
        PACKAGED: packagedFolder,
        OUTBOX,
        ...free,
        [variable]: port,
      });
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: `Port ${port} is taken by another program. Choose another one with ${variable}, for instance ${variable}=0 for a free one.\n`,
      });
    } finally {
      taken.close();
    }
  },
);
