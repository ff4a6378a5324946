import { expect, it } from 'vitest';
import { headerBlock } from '../ses/refuse.ts';
import { accept, takeVerdicts } from './inboundMail.ts';

it('writes an envelope in Unicode as UTF-8, so that it adds no line', () => {
  const handover = {
    source: 'a\u200aX-SES-FOO: b@c.example',
    recipients: ['x\u200a\u200a@y.example'],
    client: 'host\u200a',
    raw: Buffer.from('From: a@b.example\r\n\r\nbody'),
  };
  const { raw } = accept(handover, { region: 'eu-west-1', account: '1', stackName: 's' });
  const { fields, bodyStart } = headerBlock(raw);
  expect(fields.map(({ name }) => name)).toEqual([
    ...['Return-Path', 'Received', 'X-SES-Spam-Verdict', 'X-SES-Virus-Verdict', 'Received-SPF'],
    ...['Authentication-Results', 'X-SES-RECEIPT', 'From'],
  ]);
  expect(raw.subarray(bodyStart).toString()).toBe('body');
});

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
