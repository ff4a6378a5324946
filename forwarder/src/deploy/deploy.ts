import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import manifest from '../../../package.json' with { type: 'json' };
import { type Options, UsageError, type Values } from '../../../schema/src/commandLine/options.ts';
import { runSingle, type SingleProgram, type Streams } from '../../../schema/src/commandLine/program.ts';
import { namesOf, type StackNames, stageName } from '../../../schema/src/stage/stage.ts';
import { readStageFile } from '../account/stageFile.ts';
import { invocation } from '../aws/invocation.ts';
import { changesByChangeSet, templateDiff } from './changeSet.ts';
import { parametersFor } from './existing.ts';
import { type LookedUp, lookUp } from './lookUp.ts';

const forwarder = join(import.meta.dirname, '../..');

const options = {
  stage: { kind: 'text', value: 'STAGE', help: 'the stage to deploy (STAGE, or production)' },
  diff: { kind: 'flag', help: 'only say what a deployment would change, and what it would replace' },
} as const satisfies Options;

/** Exit codes: all is done; something in the account or its tools is in the way; wrong usage, or something failed. */
const exit = { fine: 0, stopped: 1, failed: 2 } as const;

const program: SingleProgram<Streams, typeof options> = {
  name: 'npm run -s deploy --',
  version: manifest.version,
  command: {
    summary: 'Deploy a stage: look up what is there, and have osls deploy the rest',
    words: [],
    options,
    example: '--diff',
    run: (streams, { values }) => deploy(values, streams),
  },
  exits: [
    [exit.fine, 'all is done'],
    [exit.stopped, 'what is there cannot be taken over, or osls has failed'],
    [exit.failed, 'the usage or the settings are wrong, or something outside failed'],
  ],
  failed: exit.failed,
};

// After `npm run build`.
process.exitCode = await runSingle(
  program,
  process.argv.slice(2),
  { out: (text) => process.stdout.write(text), note: (text) => process.stderr.write(text) },
  String,
);

async function deploy({ stage: asked, diff: isDiff }: Values<typeof options>, streams: Streams) {
  const stage = stageName(asked, process.env);
  const { settings, faults } = readStageFile(stage);
  if (settings === undefined) throw new UsageError(faults.join('\n'));
  const { region } = settings;
  const names = namesOf(stage, settings);
  const found = await lookUp(region, names);
  const choice = parametersFor(found.existing, found.owned, names);
  if (choice.parameters === undefined) {
    streams.note(`${choice.faults.join('\n')}\n`);
    return exit.stopped;
  }
  const parameters = choice.parameters.map((parameter) => `--param=${parameter}`);
  if (!serverless('package', stage, parameters)) return exit.stopped;
  const template = readFileSync(
    join(forwarder, '.serverless/cloudformation-template-update-stack.json'),
    'utf8',
  );
  // A deployment makes a change set of its own, and need not be told twice.
  const changes =
    isDiff && found.owned.has('ServerlessDeploymentBucket')
      ? await changesInStack(template, region, names)
      : changesInTemplate(template, found);
  for (const change of changes) streams.out(`${change}\n`);
  const count = `${changes.length} ${changes.length === 1 ? 'resource changes' : 'resources change'}`;
  streams.note(`${count}; code is always deployed.\n`);
  if (isDiff) return exit.fine;
  if (!serverless('deploy', stage, parameters)) return exit.stopped;
  await startBuild(region, names, streams);
  return exit.fine;
}

/** What osls says is not this command's answer, so all of it goes to standard error. */
function serverless(command: 'package' | 'deploy', stage: string, parameters: readonly string[]): boolean {
  const { status } = spawnSync('npx', ['serverless', command, '--stage', stage, ...parameters], {
    cwd: forwarder,
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

/** Asks CloudFormation, which alone knows what it would replace. */
function changesInStack(template: string, region: string, names: StackNames): Promise<string[]> {
  const formation = new CloudFormationClient({ region });
  const s3 = new S3Client({ region });
  return changesByChangeSet(
    { formation, s3, place: { region }, stackName: names.stack, waitMs: 2_000 },
    template,
  );
}

function changesInTemplate(template: string, { deployed }: LookedUp): string[] {
  const { Resources } = JSON.parse(template) as { Resources: Record<string, unknown> };
  return templateDiff(deployed, Resources).map(({ kind, id, type }) => `${kind} ${id} (${type})`);
}

/** Mail goes by what a build has published: the first one should not wait for its schedule. */
async function startBuild(region: string, names: StackNames, { note }: Streams): Promise<void> {
  try {
    await invocation(new LambdaClient({ region }), names.buildForwards, {})();
  } catch (error) {
    const reason = error instanceof Error ? error.name : String(error);
    note(`The build was not started (${reason}); the hourly build will publish who gets mail.\n`);
  }
}
