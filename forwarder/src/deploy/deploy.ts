import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import manifest from '../../../package.json' with { type: 'json' };
import type { SingleProgram, Streams } from '../../../schema/src/commandLine/command.ts';
import { exit } from '../../../schema/src/commandLine/exit.ts';
import { failureText } from '../../../schema/src/commandLine/failure.ts';
import { type Options, UsageError, type Values } from '../../../schema/src/commandLine/options.ts';
import { runSingle } from '../../../schema/src/commandLine/program.ts';
import { screenOf } from '../../../schema/src/commandLine/screen.ts';
import { namesOf, type StackNames, stageName } from '../../../schema/src/stage/stage.ts';
import { curesOf } from '../account/cures.ts';
import { leftSamples } from '../account/leftSamples.ts';
import { observePlace } from '../account/observe.ts';
import { orMissing } from '../account/place.ts';
import { readStageFile, repositoryRoot } from '../account/stageFile.ts';
import { invocation } from '../aws/invocation.ts';
import { changeText } from './changeLines.ts';
import { changesByChangeSet } from './changeSet.ts';
import { parametersFor } from './existing.ts';
import { type LookedUp, lookUp } from './lookUp.ts';
import { nextSteps } from './nextSteps.ts';
import { type Resources, templateDiff } from './templateDiff.ts';
import { codeSum, keepUnchangedCode, packagedCode } from './unchangedCode.ts';

const forwarder = join(import.meta.dirname, '../..');

const options = {
  stage: { kind: 'text', value: 'STAGE', help: 'the stage to deploy (STAGE, or production)' },
  diff: { kind: 'flag', help: 'only say what a deployment would change, and what it would replace' },
} as const satisfies Options;

const program: SingleProgram<Streams, typeof options> = {
  name: 'npm run -s deploy --',
  version: manifest.version,
  command: {
    summary: 'Deploy a stage: look up what is there, and have osls deploy the rest',
    words: [],
    options,
    example: '--diff',
    otherExamples: ['', '--stage test'],
    run: (streams, { values }) => deploy(values, streams),
  },
};

// After `npm run build`.
process.exitCode = await runSingle(program, process.argv.slice(2), screenOf(process), (error, asked) =>
  failureText(error, stageName(asked, process.env)),
);

async function deploy({ stage: asked, diff: isDiff }: Values<typeof options>, streams: Streams) {
  const stage = stageName(asked, process.env);
  const { settings, faults } = readStageFile(stage);
  if (settings === undefined) throw new UsageError(faults.join('\n'));
  const left = await leftSamples(stage, join(relative(process.cwd(), repositoryRoot), 'aliases'));
  if (left.frames.length > 0) {
    const cure = '`npm run new` puts your own in their place.';
    streams.note(`${left.frames.join('\n')}\nNothing was deployed: these are samples. ${cure}\n`);
    return exit.notRight;
  }
  const { region } = settings;
  const names = namesOf(stage, settings);
  const found = await lookUp(region, names);
  const choice = parametersFor(found.existing, found.owned, names);
  if (choice.parameters === undefined) {
    streams.note(`${choice.faults.join('\n')}\n`);
    return exit.notRight;
  }
  const parameters = choice.parameters.map((parameter) => `--param=${parameter}`);
  if (!serverless('package', stage, parameters, streams)) return exit.notRight;
  const template = await packagedTemplate(region, found);
  // A deployment makes a change set of its own, and need not be told twice.
  const changes =
    isDiff && found.owned.has('ServerlessDeploymentBucket')
      ? await changesInStack(JSON.stringify(template), region, names)
      : changesInTemplate(template, found);
  streams.out(changeText(changes));
  if (isDiff) return exit.fine;
  if (!serverless('deploy', stage, parameters, streams)) return exit.notRight;
  await startBuild(region, names, streams);
  const place = await observePlace(new STSClient({ region }), region);
  streams.out(nextSteps(settings, names.stack, place, curesOf(stage, process.env)));
  return exit.fine;
}

/** What osls says is not this command's answer, so all of it goes to standard error. */
function serverless(
  command: 'package' | 'deploy',
  stage: string,
  parameters: readonly string[],
  { note }: Streams,
): boolean {
  const { status, error } = spawnSync('npx', ['serverless', command, '--stage', stage, ...parameters], {
    cwd: forwarder,
    stdio: ['ignore', 2, 2],
  });
  if (error !== undefined) throw error;
  if (status !== 0) note(`\`serverless ${command}\` has failed: what it says above is the reason.\n`);
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

interface Template {
  readonly Resources: Resources;
}

/** The template that was packaged, with the deployed code where that is the same. */
async function packagedTemplate(region: string, { deployed }: LookedUp): Promise<Template> {
  const folder = join(forwarder, '.serverless');
  const file = join(folder, 'cloudformation-template-update-stack.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  const client = new LambdaClient({ region });
  const unchanged = new Set<string>();
  await Promise.all(
    packagedCode(template.Resources).map(async ({ functionName, file: archive }) => {
      const found = await orMissing(client.send(new GetFunctionCommand({ FunctionName: functionName })));
      const isSame = found?.Configuration?.CodeSha256 === codeSum(readFileSync(join(folder, archive)));
      if (isSame) unchanged.add(functionName);
    }),
  );
  const Resources = keepUnchangedCode(template.Resources, deployed, (name) => unchanged.has(name));
  return { ...template, Resources };
}

function changesInTemplate({ Resources }: Template, { deployed }: LookedUp): string[] {
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
