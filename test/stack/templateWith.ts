import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layForwarder, pack, packagedFolder } from '../packaged.ts';
import { readTemplate, type Template } from './template.ts';

/** The template of the stage `production` with more settings, each `NAME: VALUE`. */
export function templateWith(...settings: readonly string[]): Template {
  const folder = mkdtempSync(join(tmpdir(), 'aliasops-settings-'));
  try {
    layForwarder(folder);
    cpSync(join(packagedFolder, 'dist'), join(folder, 'dist'), { recursive: true });
    appendFileSync(join(folder, 'stages/production.yml'), `\n${settings.join('\n')}\n`);
    pack(folder);
    return readTemplate(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
