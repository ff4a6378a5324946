/**
 * Letters that a reader takes for others, each with the Latin text that it looks like, in small letters: the Latin
 * part of Unicode's confusables (UTS 39, 4), and what IDNA lets stand in a domain beside Latin letters. Accents and
 * strokes need no line, unless the letter does not decompose.
 */
const twins: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'ɑᴀ',
    b: 'ƀɓƃƅʙ',
    c: 'ƈȼᴄɕ',
    d: 'đɖɗƌᴅ',
    e: 'ɇꬲᴇ',
    f: 'ƒꞙꬵſ',
    g: 'ɡɠǥᶃƍɢ',
    h: 'ħɦⱨʜ',
    i: 'ıɩɪɨᵻ',
    j: 'ȷɉʝᴊ',
    k: 'ƙĸⱪᴋ',
    l: 'łƚɫɬɭǀʟ1',
    m: 'ɱᴍᵯ',
    n: 'ɲɳƞŋɴᵰ',
    o: 'øɵᴏᴑꬽ0',
    p: 'ƥᵽᴘ',
    q: 'ɋʠ',
    r: 'ɍɼɽɾꭇꭈʀ',
    s: 'ʂȿƽꜱ',
    t: 'ŧƫƭʈᴛ',
    u: 'ʉᴜꞟꭎꭒ',
    v: 'ʋᴠ',
    w: 'ɯᴡⱳ',
    y: 'ɏƴɣʏỿꭚ',
    z: 'ƶȥʐᴢ',
    ae: 'æ',
    oe: 'œ',
    hv: 'ƕ',
    lj: 'ǉ',
    nj: 'ǌ',
    dz: 'ǳʣ',
    ts: 'ʦ',
    ls: 'ʪ',
    lz: 'ʫ',
  }).flatMap(([latin, letters]) => [...letters].map((letter) => [letter, latin] as const)),
);

/**
 * What a domain looks like: two that share it are hard to tell apart (the skeleton of UTS 39, 4). It is for comparison
 * alone, and is no domain. A capital I counts as the small l that it looks like in most typefaces.
 */
export function skeleton(domain: string): string {
  const plain = domain
    .replaceAll('I', 'l')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z2-9.-]/g, (letter) => twins.get(letter) ?? letter);
  return plain.replaceAll('rn', 'm').replaceAll('vv', 'w');
}
