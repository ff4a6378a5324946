import { expect, it } from 'vitest';
import { takeVerdicts } from './verdicts.ts';

it('passes everything, and every byte, without the header', () => {
  const raw = Buffer.from('From: a@b.example\n\n\xff\n', 'latin1');
  const taken = takeVerdicts(raw);
  expect(taken.raw).toBe(raw);
  expect(taken.verdicts).toEqual({ spam: 'PASS', virus: 'PASS', spf: 'PASS', dkim: 'PASS', dmarc: 'PASS' });
});

it('reads the verdicts in any case, folded, and takes the header out', () => {
  const raw = Buffer.from(
    'From: a@b.example\r\nx-local-verdicts: spam=fail;\r\n DMARC=FAIL; policy=Reject\r\nSubject: s\r\n\r\n\xff',
    'latin1',
  );
  const taken = takeVerdicts(raw);
  expect(taken.verdicts).toMatchObject({ spam: 'FAIL', virus: 'PASS', dmarc: 'FAIL', policy: 'reject' });
  expect(taken.raw.toString('latin1')).toBe('From: a@b.example\r\nSubject: s\r\n\r\n\xff');
});
