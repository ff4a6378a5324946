// What many mails have in common, in all the ways that it is written. One character is one byte, but in `utf8`.

function utf8(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function inB(text: string): string {
  return `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function inQ(text: string): string {
  return `=?utf-8?Q?${Buffer.from(text).toString('hex').replace(/../g, '=$&').toUpperCase()}?=`;
}

/** `Lee, Ann` as the name of ann@sender.example. */
export const nameWithComma: readonly string[] = [
  '"Lee, Ann" <ann@sender.example>',
  'Lee, Ann <ann@sender.example>',
  'Lee,Ann<ann@sender.example>',
  '"Lee", Ann <ann@sender.example>',
  '"Lee\\, Ann" <ann@sender.example>',
  `${inQ('Lee, Ann')} <ann@sender.example>`,
  `${inB('Lee, Ann')} <ann@sender.example>`,
  `${inQ('Lee,')}\r\n ${inB(' Ann')} <ann@sender.example>`,
  `${inQ('Lee,')} Ann <ann@sender.example>`,
  `"${inQ('Lee, Ann')}" <ann@sender.example>`,
  '=?utf-8?Q?Lee,_Ann?= <ann@sender.example>',
  'ann@sender.example (Lee, Ann)',
  'Lee,\r\n\tAnn\r\n\t<ann@sender.example>',
];

/** Types of a mail whose two parts are delimited by `next part`, with what may be wrong. */
export const boundaries: readonly string[] = [
  'multipart/mixed; boundary="next part"',
  'multipart/mixed boundary="next part"',
  'multipart/mixed; boundary="next part',
  'multipart/mixed; boundary=next part',
  'multipart/mixed; boundary = "next part" ; charset=utf-8',
  'multipart/mixed; charset=utf-8 boundary="next part"',
  "multipart/mixed; boundary='next part'",
  'multipart/mixed; boundary=""; boundary="next part"',
  'multipart/mixed;\r\nboundary="next part"',
  'multipart/mixed',
  'multipart; boundary="next part"',
  'boundary="next part"',
  "multipart/mixed; boundary*=utf-8''next%20part",
];

/** What Unicode has of spaces, and of characters that show nothing. */
export const spaces: readonly number[] = [
  ...[0x00a0, 0x1680, 0x180e, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008],
  ...[0x2009, 0x200a, 0x200b, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff],
];

/** Names by which ann@sender.example passes for ceo@bank.example. */
export const spoofedNames: readonly string[] = [
  '"ceo@bank.example" <ann@sender.example>',
  'ceo@bank.example <ann@sender.example>',
  `${inB('ceo@bank.example')} <ann@sender.example>`,
  `${inQ('ceo@bank.example')} <ann@sender.example>`,
  `"${inB('ceo@bank.example')}" <ann@sender.example>`,
  `${inQ('ceo@')} ${inB('bank.example')} <ann@sender.example>`,
  'ann@sender.example (ceo@bank.example)',
  '"The CEO <ceo@bank.example>" <ann@sender.example>',
  'ceo@bank.example: ann@sender.example;',
  `"${utf8('ceo＠bank.example')}" <ann@sender.example>`,
  `${inB('ceo＠bank.example')} <ann@sender.example>`,
  `${inQ('ceo﹫bank.example')} <ann@sender.example>`,
  `${inB('ｃｅｏ＠ｂａｎｋ．ｅｘａｍｐｌｅ')} <ann@sender.example>`,
  `${inB('ceo\u200b@\u2060bank.example')} <ann@sender.example>`,
  `${inB('\u202eelpmaxe.knab@oec\u202c')} <ann@sender.example>`,
  `${inB('\u2067CEO\u2069 \u200fBank')} <ann@sender.example>`,
  `"${utf8('C\u00adE\u00adO\u034f Ba\ufeffnk')}" <ann@sender.example>`,
  `${inB(`CEO${'\u{e0041}'.repeat(8)}`)} <ann@sender.example>`,
  `${inQ('ceo@bank.example\r\nReply-To: x@y.example')} <ann@sender.example>`,
  `"ceo@bank.example${' '.repeat(80)}" <ann@sender.example>`,
  `${inB(`ceo@bank.example${'\u00a0'.repeat(80)}x`)} <ann@sender.example>`,
  `${inB('\u3164\u2800\u115f')} <ann@sender.example>`,
  `"${utf8('ceo＠bank.example')}\xe9" <ann@sender.example>`,
  `=?utf-7?Q?ceo+AEA-bank.example?= <ann@sender.example>`,
  '"Bank (ceo@bank.example) via info" <ann@sender.example>',
];
