import { fieldsNamed, headerBlock } from '../ses/headerBlock.ts';

/** What SES's scanners say of a mail: PASS, FAIL, GRAY, PROCESSING_FAILED or DISABLED. */
export interface Verdicts {
  readonly spam: string;
  readonly virus: string;
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
  /** What the sender's domain asks for; of use only where `dmarc` is FAIL. */
  readonly policy?: string;
}

const passes: Verdicts = { spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' };

const header = 'X-Local-Verdicts';

/**
 * Takes the header `X-Local-Verdicts: spam=FAIL; dmarc=FAIL; policy=reject` out of a mail. What it does not name is
 * PASS; every other byte of the mail stays.
 */
export function takeVerdicts(raw: Buffer): { readonly verdicts: Verdicts; readonly raw: Buffer } {
  const { fields, bodyStart } = headerBlock(raw);
  const chosen = fieldsNamed(fields, header);
  if (chosen.length === 0) return { verdicts: passes, raw };
  const lines = fields.filter((field) => !chosen.includes(field)).flatMap((field) => field.lines);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return {
    verdicts: { ...passes, ...parse(chosen.map((field) => field.value).join(';')) },
    raw: Buffer.concat([head, raw.subarray(bodyStart)]),
  };
}

function parse(value: string): Partial<Verdicts> {
  const pairs = [...value.matchAll(/(spam|virus|spf|dkim|dmarc|policy)\s*=\s*(\w+)/gi)];
  return Object.fromEntries(
    pairs.map(([, name = '', verdict = '']) => {
      const folded = name.toLowerCase();
      return [folded, folded === 'policy' ? verdict.toLowerCase() : verdict.toUpperCase()];
    }),
  );
}
