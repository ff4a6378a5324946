import type { Language } from '../messages/message.ts';
import type { SourceFile } from '../text/source.ts';
import { roleOf } from './fileNames.ts';
import { load } from './load.ts';
import { defaultPolicy, readPolicyFile } from './policy.ts';

/**
 * The language of what members read about these files: as their `_policy.yml` says. Where that has a mistake, it is
 * told in the language of the base.
 */
export function languageOf(files: readonly SourceFile[], base: readonly SourceFile[] = []): Language {
  const { root, findings } = policyOf(files) ?? {};
  if (root !== undefined) return readPolicyFile(root).policy.language;
  return findings === undefined || findings.length === 0 || base.length === 0
    ? defaultPolicy.language
    : languageOf(base);
}

function policyOf(files: readonly SourceFile[]) {
  const file = files.find(({ name }) => roleOf(name) === 'policy');
  return file && load(file);
}
