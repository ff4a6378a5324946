import { parseAddress, parseLocalPart } from './address.ts';

/**
 * The destinations that somebody meant who wrote them as one text: with spaces, semicolons or line breaks between
 * them, in other brackets or quotes, or after bullets. Undefined unless each of them could be one.
 */
export function meantList(text: string): readonly string[] | undefined {
  const parts = text
    .split(/[\s,;\u00a0]+/)
    .map((part) =>
      part.replace(/^[\u2022\u2013\u2014\u00b7*([{<'"\u2018-\u201e-]+|[)\]}>'"\u2018-\u201e]+$/gu, ''),
    )
    .filter((part) => part !== '');
  const isLegal = (part: string): boolean =>
    (part.includes('@') ? parseAddress(part) : parseLocalPart(part)).fault === undefined;
  return parts.length > 0 && parts.every(isLegal) ? parts : undefined;
}
