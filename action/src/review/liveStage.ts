import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checked, SourceFile } from '../../../schema/src/check.ts';
import { codeOwnersPath } from '../../../schema/src/stage/codeOwners.ts';
import { stagePath } from '../../../schema/src/stage/stage.ts';
import { ownerSamples, stageSamples } from '../../../schema/src/stage/stageSamples.ts';
import { sortDiagnostics } from '../../../schema/src/text/diagnostic.ts';
import { createSourceText } from '../../../schema/src/text/source.ts';
import { told } from '../../../schema/src/text/told.ts';

/** The files beside the alias files that say whose a stage is, as far as they are there. */
export async function readStageFiles(stage: string, root: string): Promise<SourceFile[]> {
  const paths = [stagePath(stage), codeOwnersPath];
  const found = await Promise.all(
    paths.map(async (path): Promise<SourceFile[]> => {
      try {
        return [{ name: path, path, kind: 'file', bytes: await readFile(join(root, path)) }];
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
        throw error;
      }
    }),
  );
  return found.flat();
}

/** What was found in the alias files, and what those files still have from the template. */
export function withStageSamples(checked: Checked, files: readonly SourceFile[]): Checked {
  const findings = files.flatMap(({ path, bytes }) => {
    const source = createSourceText(path, new TextDecoder().decode(bytes));
    return path === codeOwnersPath ? ownerSamples(source) : stageSamples(source);
  });
  return { ...checked, diagnostics: sortDiagnostics([...checked.diagnostics, ...told(findings, 'en')]) };
}
