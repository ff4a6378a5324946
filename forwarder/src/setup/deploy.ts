import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parametersFor } from './existing.ts';
import { lookUp } from './lookUp.ts';
import { namesOf } from './names.ts';
import { readStage } from './stageFile.ts';
import { templateDiff } from './templateDiff.ts';

// `deploy [--stage S] [--diff]`, after `npm run build`: looks up what is there, and has osls deploy the rest. With
// --diff it only says what a deploy would change.
const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: process.env.STAGE || 'production' },
    diff: { type: 'boolean', default: false },
  },
});
const { stage } = values;
const { settings, faults } = readStage(stage);
if (settings === undefined) stop(faults);

const forwarder = join(import.meta.dirname, '../..');
const stackName = `aliasops-${stage}`;
const names = namesOf(stage, settings);
const found = await lookUp(settings.region, stackName, names);
const choice = parametersFor(found.existing, found.owned, names);
if (choice.parameters === undefined) stop(choice.faults);
const parameters = choice.parameters.map((parameter) => `--param=${parameter}`);

serverless('package');
const template = join(forwarder, '.serverless/cloudformation-template-update-stack.json');
const { Resources } = JSON.parse(readFileSync(template, 'utf8')) as { Resources: Record<string, unknown> };
const changes = templateDiff(found.deployed, Resources);
for (const { kind, id, type } of changes) process.stdout.write(`${kind} ${id} (${type})\n`);
process.stderr.write(`${changes.length} resources change; code is always deployed.\n`);
if (!values.diff) serverless('deploy');

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
