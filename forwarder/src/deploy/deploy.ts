import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { namesOf } from '../account/stackNames.ts';
import { readStage } from '../account/stageFile.ts';
import { buildFunction } from '../aws/builds.ts';
import { changesByChangeSet, templateDiff } from './changeSet.ts';
import { parametersFor } from './existing.ts';
import { lookUp } from './lookUp.ts';

// `deploy [--stage S] [--diff]`, after `npm run build`: looks up what is there, and has osls deploy the rest. With
// --diff it only says what a deploy would change, and what it would replace.
const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: process.env.STAGE || 'production' },
    diff: { type: 'boolean', default: false },
  },
});
const { stage } = values;
const { settings, faults } = readStage(stage);
if (settings === undefined) stop(faults);

const { region } = settings;
const forwarder = join(import.meta.dirname, '../..');
const stackName = `aliasops-${stage}`;
const names = namesOf(stage, settings);
const found = await lookUp(region, stackName, names);
const choice = parametersFor(found.existing, found.owned, names);
if (choice.parameters === undefined) stop(choice.faults);
const parameters = choice.parameters.map((parameter) => `--param=${parameter}`);

serverless('package');
const template = join(forwarder, '.serverless/cloudformation-template-update-stack.json');
const changes = await changesTo(readFileSync(template, 'utf8'));
for (const change of changes) process.stdout.write(`${change}\n`);
process.stderr.write(`${changes.length} resources change; code is always deployed.\n`);
if (!values.diff) {
  serverless('deploy');
  await startBuild();
}

/** Mail goes by what a build has published: the first one should not wait for its schedule. */
async function startBuild(): Promise<void> {
  const lambda = new LambdaClient({ region });
  try {
    await buildFunction(lambda, names.buildForwards).start();
  } catch (error) {
    const reason = error instanceof Error ? error.name : String(error);
    process.stderr.write(
      `The build was not started (${reason}): the one of the hour publishes who gets mail.\n`,
    );
  }
}

/** By a change set where there is a stack to ask about; a deployment makes its own, and need not be told twice. */
async function changesTo(text: string): Promise<string[]> {
  if (values.diff && found.owned.has('ServerlessDeploymentBucket')) {
    const formation = new CloudFormationClient({ region });
    const options = { formation, s3: new S3Client({ region }), place: { region }, stackName, waitMs: 2_000 };
    return changesByChangeSet(options, text);
  }
  const { Resources } = JSON.parse(text) as { Resources: Record<string, unknown> };
  return templateDiff(found.deployed, Resources).map(({ kind, id, type }) => `${kind} ${id} (${type})`);
}

function serverless(command: 'package' | 'deploy'): void {
  const { status } = spawnSync('npx', ['serverless', command, '--stage', stage, ...parameters], {
    cwd: forwarder,
    // What osls says is not this command's answer.
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}

function stop(messages: readonly string[]): never {
  process.stderr.write(`${messages.join('\n')}\n`);
  process.exit(1);
}
