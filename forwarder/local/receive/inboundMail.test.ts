import { expect, it } from 'vitest';
import { headerBlock } from '../ses/headerBlock.ts';
import { accept } from './inboundMail.ts';

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
