import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { runAliases } from '../forwarder/local/aliasesCli.ts';
import { type LocalSystem, type SystemOptions, startSystem } from '../forwarder/local/system.ts';
import { forwarderFolder, packagedFolder } from './packaged.ts';

/** The alias files of the demo. */
export const demoAliases = join(forwarderFolder, 'local/demo/aliases');

/**
 * Starts a local system on the packaged forwarder, with an outbox of its own that goes with it. `sync` names the folder of
 * alias files that are live when it resolves.
 */
export async function startLocal({
  sync,
  ...options
}: Partial<SystemOptions> & { readonly sync?: string } = {}): Promise<LocalSystem> {
  const folder = await mkdtemp(join(tmpdir(), 'aliasops-system-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const outbox = join(folder, 'outbox');
    const system = await startSystem({
      root: packagedFolder,
      outbox,
      smtpPort: 0,
      log: () => {},
      ...options,
    });
    const stop = async () => {
      try {
        await system.stop();
      } finally {
        await remove();
      }
    };
    if (sync !== undefined) {
      const { code, stderr } = await runAliases(system.environment, 'sync', '--dir', sync);
      if (code !== 0) {
        await stop();
        throw new Error(`The sync failed: ${stderr}`);
      }
    }
    return { ...system, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Writes aliases of example.com as another tool would, and builds them. */
export async function buildAliases(
  system: LocalSystem,
  aliases: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const documents = DynamoDBDocumentClient.from(system.dynamodb);
  const put = (table: string, Item: object) =>
    documents.send(new PutCommand({ TableName: system.environment[table], Item }));
  const domain = 'example.com';
  await put('DOMAINS_TABLE', { domain });
  for (const [alias, destinations] of Object.entries(aliases))
    await put('DEFINITIONS_TABLE', { domain, alias, destinations, active: true });
  await system.lambda.invoke(system.lambda.named('buildForwards'), {});
  await system.idle();
}
