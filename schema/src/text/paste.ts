import { parseAddress, parseLocalPart } from './address.ts';

/**
 * The addresses of a text as mail programs copy it, `Doe, Jane <jane@home.example>; mia@home.example`, in its order,
 * without the names. A single word in small letters stays, as the name of an alias. Undefined where no address is in
 * angle brackets, or something else would be lost.
 */
export function pastedAddresses(text: string): readonly string[] | undefined {
  if (!/<[^<>\s@]+@[^<>\s@]+>/.test(text)) return undefined;
  const kept: string[] = [];
  const parts = text.split(/[,;]/).map((one) => one.trim());
  for (const [place, part] of parts.entries()) {
    const [, angled] = /<(?:mailto:)?([^<>\s]+)>/i.exec(part) ?? [];
    const address = angled ?? (part.includes('@') ? part : undefined);
    if (address !== undefined) {
      if (parseAddress(address).fault !== undefined || part.split('@').length > 2) return undefined;
      kept.push(address);
    } else if (part !== '' && part === part.toLowerCase() && parseLocalPart(part).fault === undefined) {
      kept.push(part);
    } else if (part !== '' && !parts[place + 1]?.includes('<')) {
      return undefined;
    }
  }
  return kept;
}

/**
 * What is meant by the entries of a list into which names and addresses were pasted, where commas of the names have
 * cut them apart. Undefined where each entry stands for itself.
 */
export function pastedList(entries: readonly string[]): readonly string[] | undefined {
  if (!entries.some((entry) => entry.includes('<'))) return undefined;
  const together = pastedAddresses(entries.join(', '));
  const isCut = entries.some((entry) => pastedAddresses(`${entry}, <a@b.example>`)?.length !== 2);
  return isCut ? together : undefined;
}
