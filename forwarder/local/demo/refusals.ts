import { letter, type Scene } from './scene.ts';

const sender = 'ann@sender.example';
const isPrivate = /mia@home\.example|archive@mailbox\.example|jane\.roe@mailbox|ada@mailbox/;

export async function mailInactive({ narrator, send, system }: Scene): Promise<void> {
  narrator.step('Mail treasurer.before.2026@example.com, an alias that is switched off');
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
