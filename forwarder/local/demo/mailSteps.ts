import { randomBytes } from 'node:crypto';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { headerBlock } from '../ses/refuse.ts';
import { json } from './fileSteps.ts';
import { type Letter, letter, type Scene } from './scene.ts';

interface ExplainJson {
  readonly destinations: readonly { readonly address: string }[];
}

const sender = 'ann@sender.example';
const recipient = 'info+flyer@example.net';

/** Nested groups, an alias domain and a subaddress, with what breaks when bodies are decoded. */
export async function mailGroup({ narrator, run, send, system, aliases }: Scene): Promise<void> {
  narrator.step(`Mail ${recipient}: nested groups on an alias domain, with a subaddress`);
  const { stdout, stderr } = await run('explain', recipient, '--dir', aliases, '--format', 'json');
  const expected = json<ExplainJson>(stdout, stderr).destinations.map(({ address }) => address);
  narrator.say(`${recipient} is\n${expected.join('\n')}`);
  const mail = bigLetter();
  const started = Date.now();
  const sent = await send(mail);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const to = sent.map((each) => each.to);
  narrator.check(
    expected.length > 1 && to.toSorted().join() === expected.toSorted().join(),
    `${to.length} mailboxes got it once each, ${seconds} s after it was handed in`,
  );
  const copies = await Promise.all(sent.map(({ file }) => system.outbox.read(file)));
  const body = bodyOf(mail.raw);
  narrator.check(
    copies.length > 0 && copies.every((copy) => bodyOf(copy).equals(body)),
    `the body's ${body.length.toLocaleString('en')} bytes are identical: 8-bit text and a 5 MB attachment`,
  );
  const [from = ''] = copies.flatMap((copy) =>
    headerBlock(copy).fields.flatMap((field) => (field.name.toLowerCase() === 'from' ? [field.value] : [])),
  );
  narrator.check(from.includes('@example.com>'), `From: ${from}`);
}

function bodyOf(raw: Buffer): Buffer {
  return raw.subarray(headerBlock(raw).bodyStart);
}

function bigLetter(): Letter {
  const head = [
    'From: =?utf-8?q?Ann_S=C3=A4nder?= <ann@sender.example>',
    `To: ${recipient}`,
    'Subject: Flyer',
    'Message-ID: <flyer@sender.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: 8bit',
    '',
    'Gr\xfc\xdfe: \xe0 la carte, \xff and \x80 are no UTF-8',
    '--part',
    'Content-Type: application/octet-stream; name=flyer.bin',
    'Content-Transfer-Encoding: base64',
    '',
    '',
  ].join('\r\n');
  const attachment = randomBytes(5 * 1024 * 1024)
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  const raw = Buffer.concat([
    Buffer.from(head, 'latin1'),
    Buffer.from(`${attachment}\r\n--part--\r\n`, 'latin1'),
  ]);
  return { from: sender, to: [recipient], raw };
}

const isPrivate = /mia@home\.example|archive@mailbox\.example|jane\.roe@mailbox|ada@mailbox/;

export async function mailInactive({ narrator, send, system }: Scene): Promise<void> {
  narrator.step('Mail treasurer.before.2026@example.com, an inactive alias');
  const sent = await send(letter(sender, ['treasurer.before.2026@example.com'], 'Old bills'));
  narrator.check(!sent.some(({ kind }) => kind === 'mail'), 'nobody gets it, not even the catch-all');
  const reports = sent.filter(({ kind, to }) => kind === 'bounce' && to === sender);
  narrator.check(reports.length === 1, 'the sender gets one report');
  const texts = await Promise.all(reports.map(({ file }) => system.outbox.read(file)));
  narrator.check(
    !texts.some((text) => isPrivate.test(text.toString('latin1'))),
    'the report names no private address',
  );
  const caught = await send(letter(sender, ['whoever@example.com'], 'Catch me'));
  narrator.check(
    caught.map(({ to }) => to).join() === 'archive@mailbox.example',
    'the catch-all gets mail to a name that nobody has defined',
  );
}

export async function mailUnknown({ narrator, send, system }: Scene): Promise<void> {
  narrator.step('Mail press@example.org and nobody@example.org: one is known, one is not');
  const sent = await send(letter(sender, ['press@example.org', 'nobody@example.org'], 'Two names'));
  const to = sent.filter(({ kind }) => kind === 'mail').map((each) => each.to);
  narrator.check(
    to.toSorted().join() === 'ada@mailbox.example,jane.roe@mailbox.example',
    `press is delivered: ${to.length} mailboxes got it`,
  );
  const reports = sent.filter(({ kind }) => kind === 'bounce');
  narrator.check(reports.length === 1 && reports[0]?.to === sender, 'the sender gets one report');
  const text = reports[0] ? (await system.outbox.read(reports[0].file)).toString('latin1') : '';
  narrator.check(
    text.includes('nobody@example.org') && text.includes('5.1.1') && !isPrivate.test(text),
    'it says 5.1.1 for nobody@example.org, and names no private address',
  );
}

export async function mailSpam({ narrator, send }: Scene): Promise<void> {
  narrator.step('Mail that is spam');
  const sent = await send(letter(sender, ['jane.roe@example.com'], 'Cheap pills', 'spam=FAIL'));
  narrator.check(sent.length === 0, 'it is dropped, and nobody is told');
}

export async function mailForged({ narrator, send }: Scene): Promise<void> {
  narrator.step("Mail that its sender's DMARC policy rejects");
  const verdicts = 'spf=PASS; dkim=FAIL; dmarc=FAIL; policy=reject';
  const sent = await send(letter(sender, ['jane.roe@example.com'], 'Forwarded twice', verdicts));
  narrator.check(!sent.some(({ kind }) => kind === 'mail'), 'it is not forwarded');
  narrator.check(
    sent.length === 1 && sent[0]?.kind === 'bounce' && sent[0].to === sender,
    'the sender gets one report',
  );
}

const dead = 'bounce@simulator.amazonses.com';

export async function bounceHard(scene: Scene): Promise<void> {
  const { narrator, send, system, until } = scene;
  narrator.step('Mail newsletter@example.com: one of its two mailboxes does not exist');
  await send(letter(sender, ['newsletter@example.com'], 'First issue'));
  narrator.check(system.ses.taken(dead) === 1, `SES took the mail to ${dead}`);
  narrator.check(
    await until(() => isBlocked(scene), 15),
    'the bounce came back through SNS, and the destination is blocked',
  );
  const sent = await send(letter(sender, ['newsletter@example.com'], 'Second issue'));
  narrator.check(
    sent.map(({ to }) => to).join() === 'jane.roe@mailbox.example' && system.ses.taken(dead) === 1,
    'the next mail goes to the other mailbox alone',
  );
}

async function isBlocked({ system }: Scene): Promise<boolean> {
  const { Items = [] } = await system.dynamodb.send(
    new QueryCommand({
      TableName: system.environment.ALIASES_TABLE,
      KeyConditionExpression: '#alias = :alias',
      ExpressionAttributeNames: { '#alias': 'alias' },
      ExpressionAttributeValues: { ':alias': { S: 'newsletter@example.com' } },
    }),
  );
  return Items.some((row) => row.destination?.S === dead && Number(row.bounces?.N ?? 0) > 0);
}

export async function retryLater({ narrator, send, during, system }: Scene): Promise<void> {
  narrator.step('Mail li.wei@example.com while SES takes no mail for that mailbox');
  const mailbox = 'li.wei@mailbox.example';
  const lift = system.ses.fail({ destination: mailbox, error: 'SendingPausedException' });
  const failed = await send(letter(sender, ['li.wei@example.com'], 'Please wait'));
  narrator.check(failed.length === 0, 'it is not delivered, and the sender is not told that it failed');
  lift();
  const retry = system.lambda.named('retryDeliveries');
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const retried = await during(() => system.schedules.fire(retry, at(10)));
  narrator.check(
    retried.map(({ to }) => to).join() === mailbox,
    "ten minutes later, by the scheduler's time, it is delivered",
  );
  const again = await during(() => system.schedules.fire(retry, at(20)));
  narrator.check(again.length === 0, 'and it is delivered once');
}
