import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../../schema/src/check.ts';
import { codeOwnersPath } from '../../../schema/src/stage/codeOwners.ts';
import { mayHaveSamples, stagePath } from '../../../schema/src/stage/stage.ts';
import { ownerSamples, stageSamples } from '../../../schema/src/stage/stageSamples.ts';
import { codeframe } from '../../../schema/src/text/codeFrame.ts';
import type { Diagnostic, Finding as Found } from '../../../schema/src/text/diagnostic.ts';
import { createSourceText, type SourceText } from '../../../schema/src/text/source.ts';
import { told } from '../../../schema/src/text/told.ts';
import { readAliasFiles } from './aliasFolder.ts';
import { type Finding, finding } from './findings.ts';
import { repositoryRoot } from './stageFile.ts';

/** What a stage by which mail is to go still has from the template, in the order of the files. */
export interface LeftSamples {
  readonly diagnostics: readonly Diagnostic[];
  /** As a compiler shows them, each on its line. */
  readonly frames: readonly string[];
}

/** Looks through the stage's settings, the alias files in `dir` and the file of code owners, as far as they are there. */
export async function leftSamples(stage: string, dir: string): Promise<LeftSamples> {
  if (mayHaveSamples(stage)) return { diagnostics: [], frames: [] };
  const texts = new Map<string, SourceText>();
  const look = (path: string, find: (source: SourceText) => Found[]): Diagnostic[] => {
    const file = join(repositoryRoot, path);
    if (!existsSync(file)) return [];
    const source = createSourceText(path, readFileSync(file, 'utf8'));
    texts.set(path, source);
    return told(find(source), 'en');
  };
  const around = [...look(stagePath(stage), stageSamples), ...look(codeOwnersPath, ownerSamples)];
  const files = existsSync(dir) ? await readAliasFiles(dir) : [];
  for (const { path, bytes } of files) {
    texts.set(path, createSourceText(path, new TextDecoder().decode(bytes)));
  }
  const today = new Date().toISOString().slice(0, 10);
  const checked = check(files, { today, reserved: [], folder: dir, isLive: true, language: 'en' });
  const diagnostics = [...around, ...checked.diagnostics.filter(({ code }) => code === 'placeholder')];
  return { diagnostics, frames: diagnostics.map((one) => codeframe(one, texts, false)) };
}

/** The same for doctor, which looks at the file of code owners by itself. */
export function sampleFindings({ diagnostics }: LeftSamples): Finding[] {
  return diagnostics
    .filter(({ file }) => file !== codeOwnersPath)
    .map(({ file, start, message, help = '' }) =>
      finding('placeholder', `${file}:${start.line}`, '', {
        level: 'error',
        message: message.replace(/\.$/, ''),
        fix: help,
      }),
    );
}
