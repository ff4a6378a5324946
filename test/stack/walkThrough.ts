import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { createTransport } from 'nodemailer';
import { type LocalSystem, startSystem } from '../../forwarder/local/system.ts';
import { packagedFolder } from '../packaged.ts';
import type { Template } from './template.ts';

/**
 * Starts the local system on a template and walks a mail through it, from its definition to its complaint. Gives the
 * first thing that does not come about, `start` where the system refuses the template; undefined when all does. At the
 * step that is expected to break, a short wait is enough to take it for broken; every other step gets all the time that a
 * busy machine needs.
 */
export async function brokenAt(template: Template, expected?: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'aliasops-walk-'));
  const file = join(folder, 'template.json');
  await writeFile(file, JSON.stringify(template));
  const lines: string[] = [];
  const options = { template: file, root: packagedFolder, outbox: join(folder, 'outbox'), smtpPort: 0 };
  try {
    const system = await startSystem({ ...options, log: (_, line) => lines.push(line) });
    try {
      return await firstBroken(
        system,
        () => lines.filter((line) => line.includes('"built"')).length,
        expected,
      );
    } finally {
      await system.stop();
    }
  } catch {
    return 'start';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Step = readonly [name: string, does: () => Promise<unknown>, isDone: () => Promise<boolean>];

const domain = 'example.com';
const bouncing = 'bounce@simulator.amazonses.com';
const complaining = 'complaint@simulator.amazonses.com';

async function firstBroken(
  system: LocalSystem,
  builds: () => number,
  expected: string | undefined,
): Promise<string | undefined> {
  const documents = DynamoDBDocumentClient.from(system.dynamodb);
  const table = (name: string) => system.environment[`${name}_TABLE`] ?? '';
  const put = (name: string, Item: object) =>
    documents.send(new PutCommand({ TableName: table(name), Item }));
  const define = (alias: string, destination: string) =>
    put('DEFINITIONS', { domain, alias, destinations: [destination], active: true });
  const rows = async (alias: string) => {
    const key = {
      KeyConditionExpression: '#alias = :alias',
      ExpressionAttributeNames: { '#alias': 'alias' },
    };
    const values = { ExpressionAttributeValues: { ':alias': `${alias}@${domain}` } };
    const { Items = [] } = await documents.send(
      new QueryCommand({ TableName: table('ALIASES'), ConsistentRead: true, ...key, ...values }),
    );
    return Items;
  };
  const isBlocked = async (alias: string) => (await rows(alias)).some(({ bounces }) => Number(bounces) > 0);
  const isSent = async (destination: string) => system.ses.taken(destination) > 0;
  const mail = (alias: string) =>
    createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true }).sendMail({
      from: 'ann@sender.example',
      to: `${alias}@${domain}`,
      text: 'Hello',
    });
  const fire = (name: string) => system.schedules.fire(system.lambda.named(name), new Date());
  const always = async () => true;
  // How many builds there were before the domain came.
  const before: number[] = [];
  const announce = async () => {
    await system.idle();
    before.push(builds());
    await put('DOMAINS', { domain });
  };
  const steps: readonly Step[] = [
    ['rows for an alias', () => define('ann', bouncing), async () => (await rows('ann')).length > 0],
    ['a build for a domain', announce, async () => builds() > (before[0] ?? 0)],
    ['rows for another', () => define('bob', complaining), async () => (await rows('bob')).length > 0],
    ['a forward', () => mail('ann'), () => isSent(bouncing)],
    ['a bounce that counts', always, () => isBlocked('ann')],
    ['another forward', () => mail('bob'), () => isSent(complaining)],
    ['a complaint that counts', always, () => isBlocked('bob')],
    ['the hourly build', () => fire('buildForwards'), always],
    ['a new attempt', () => fire('retryDeliveries'), always],
  ];
  for (const [name, does, isDone] of steps) {
    const began = await does().then(
      () => true,
      () => false,
    );
    if (!began || !(await comesAbout(isDone, name === expected ? 4_000 : 60_000))) return name;
  }
  return undefined;
}

/** Looks until it is so; false once it was not for so many milliseconds. */
async function comesAbout(isDone: () => Promise<boolean>, patience: number): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end; await delay(50)) {
    if (await isDone().catch(() => false)) return true;
  }
  return false;
}
