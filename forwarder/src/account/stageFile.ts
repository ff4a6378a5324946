import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type ReadSettings, readSettings } from './settings.ts';

const folder = join(import.meta.dirname, '../../stages');

/** Reads `forwarder/stages/STAGE.yml`. That there is none is a fault too, which names the stages that there are. */
export function readStage(stage: string): ReadSettings {
  const file = join(folder, `${stage}.yml`);
  const shown = relative(process.cwd(), file);
  if (!/^[a-z][a-z0-9-]*$/.test(stage)) {
    return { faults: [`The stage \`${stage}\` is to be small letters, digits and hyphens.`] };
  }
  if (existsSync(file)) return readSettings(readFileSync(file, 'utf8'), shown);
  const stages = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => name.slice(0, -'.yml'.length));
  return {
    faults: [`There is no stage \`${stage}\`: ${shown} is missing. There are: ${stages.join(', ')}.`],
  };
}
