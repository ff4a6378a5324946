/** Where GitHub reads who must approve what, from the root of the repository. */
export const codeOwnersPath = '.github/CODEOWNERS';

/**
 * The owners that the file still has from the template, each once. GitHub takes a line whose owner it does not know for a
 * line without one, so that anybody may approve.
 */
export function placeholderOwners(text: string): string[] {
  const owners = text.split('\n').flatMap((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1));
  return [...new Set(owners.filter((owner) => /^@example(\/|$)/i.test(owner)))];
}
