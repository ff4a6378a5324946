const megabyte = 1_048_576;
const names = ['From', 'To', 'Reply-To', 'Content-Type', 'Subject'];
const units = [
  '<',
  '(',
  '"',
  ',',
  ';',
  ':',
  '[',
  '\\',
  '@',
  '.',
  'a',
  'é',
  '=?',
  '=?a?q?b?= ',
  'a,',
  '<a@b.example>,',
  ' ',
  '\r\n ',
  '=?utf-8?Q?=C3=A9?= ',
  '=?utf-8?Q?=2C?=,',
];

export interface MegabyteHeader {
  readonly name: string;
  /** What fills the field. */
  readonly unit: string;
  mail(): Buffer;
}

/** Mails with one field of a megabyte: what a tokenizer that looks back or ahead takes minutes for. */
export function megabyteHeaders(): MegabyteHeader[] {
  return units.flatMap((unit) =>
    names.map((name) => ({
      name,
      unit,
      mail: () => Buffer.from(`${name}: ${unit.repeat(Math.ceil(megabyte / unit.length))}\r\n\r\nbody`),
    })),
  );
}
