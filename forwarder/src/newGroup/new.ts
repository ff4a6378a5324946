import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { failureText } from '../../../schema/src/commandLine/failure.ts';
import { runSingle } from '../../../schema/src/commandLine/program.ts';
import { screenOf } from '../../../schema/src/commandLine/screen.ts';
import { defaults } from '../../../schema/src/stage/stage.ts';
import { newGroupCommand } from './newGroup.ts';

process.exitCode = await runSingle(
  { name: 'npm run -s new --', version: manifest.version, command: newGroupCommand },
  process.argv.slice(2),
  { ...screenOf(process), folder: join(import.meta.dirname, '../../..'), environment: process.env },
  (error) => failureText(error, defaults.stage),
);
