import { expect, test } from 'vitest';
import { milliseconds } from '../../../../schema/src/text/time.ts';
import { fakeTelemetry } from '../../delivery/delivery.fake.ts';
import type { Nobody } from '../../delivery/ledger.ts';
import { createSpam, type SpamPorts } from './spam.ts';

const event = (verdicts: Readonly<Record<string, string>>, recipients: readonly string[]) => {
  const status = (name: string) => ({ status: verdicts[name] ?? 'PASS' });
  const receipt = {
    recipients,
    spamVerdict: status('spam'),
    virusVerdict: status('virus'),
    spfVerdict: status('spf'),
    dkimVerdict: status('dkim'),
    dmarcVerdict: status('dmarc'),
    ...(verdicts.policy === undefined ? {} : { dmarcPolicy: verdicts.policy }),
  };
  const mail = { messageId: 'm', timestamp: '2026-11-02T10:00:00Z', source: 'a@x.example', headers: [] };
  return { Records: [{ ses: { mail, receipt } }] };
};

const domains: SpamPorts['domains'] = {
  live: async (domain) => {
    if (domain === 'broken.example') throw new Error('throttled');
    if (domain === 'strict.example') return { filter: 'strict', inactive: [] };
    if (domain === 'alias.example') return { aliasfor: 'strict.example', filter: 'strict', inactive: [] };
    return { inactive: [] };
  },
};

function world(fault?: Error) {
  const telemetry = fakeTelemetry();
  const rows: Nobody[] = [];
  const add: SpamPorts['rejections']['add'] = async (row) => {
    if (fault !== undefined) throw fault;
    rows.push(row);
  };
  const judge = createSpam({ domains, telemetry, rejections: { add }, clock: () => milliseconds(100_000) });
  return { judge, telemetry, rows };
}

test.each([
  { verdicts: {}, to: ['a@plain.example'], disposition: 'STOP_RULE', counted: 'pass' },
  {
    verdicts: { spam: 'FAIL' },
    to: ['a@plain.example'],
    disposition: 'STOP_RULE_SET',
    counted: 'reject-spam',
  },
  {
    verdicts: { virus: 'FAIL' },
    to: ['a@plain.example'],
    disposition: 'STOP_RULE_SET',
    counted: 'reject-virus',
  },
  { verdicts: { spf: 'FAIL' }, to: ['a@plain.example'], disposition: 'STOP_RULE', counted: 'pass' },
  {
    verdicts: { spf: 'FAIL' },
    to: ['a@strict.example'],
    disposition: 'STOP_RULE_SET',
    counted: 'reject-spf',
  },
  {
    verdicts: { dkim: 'FAIL' },
    to: ['a@ALIAS.example'],
    disposition: 'STOP_RULE_SET',
    counted: 'reject-dkim',
  },
  {
    verdicts: { spf: 'FAIL' },
    to: ['a@strict.example', 'b@plain.example'],
    disposition: 'STOP_RULE',
    counted: 'pass',
  },
  {
    verdicts: { dmarc: 'FAIL', policy: 'reject' },
    to: ['a@plain.example'],
    disposition: 'CONTINUE',
    counted: 'reject-dmarc',
  },
])('answers $disposition for $verdicts to $to', async ({ verdicts, to, disposition, counted }) => {
  const { judge, telemetry, rows } = world();
  expect(await judge(event(verdicts, to))).toEqual({ disposition });
  expect(telemetry.counts.get(counted)).toBe(1);
  const [, reason] = counted.split('-');
  const [state, kind] = disposition === 'CONTINUE' ? ['bounced', 'refused'] : ['dropped', 'dropped'];
  const leftOut = to.map((recipient) => ({ kind, recipient, reason }));
  expect(rows).toMatchObject(
    reason === undefined
      ? []
      : [
          {
            messageId: 'm',
            destination: '#none',
            sender: 'a@x.example',
            state,
            leftOut,
            expiresAt: 7_776_100,
          },
        ],
  );
});

test('decides the same where the end of a mail cannot be recorded, and says so without an address', async () => {
  const { judge, telemetry } = world(new Error('throttled by a@x.example'));
  const dropped = await judge(event({ spam: 'FAIL' }, ['a@plain.example']));
  expect(dropped).toEqual({ disposition: 'STOP_RULE_SET' });
  expect(telemetry.lines.join()).toContain('could not be recorded {"messageId":"m"');
  expect(telemetry.lines.join()).not.toContain('@');
});

test.each([
  event({}, ['a@broken.example']),
  event({ spf: 'FAIL', dkim: 'FAIL' }, ['a@broken.example']),
  {},
  null,
])('lets go on what it cannot judge', async (given) => {
  const { judge, telemetry, rows } = world();
  expect(await judge(given)).toEqual({ disposition: 'STOP_RULE' });
  expect(rows).toEqual([]);
  expect(telemetry.lines.join()).not.toContain('@');
});
