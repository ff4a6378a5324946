import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalSystem } from '../../forwarder/local/system.ts';
import { curesOf } from '../../forwarder/src/account/cures.ts';
import { type DnsRecord, inboundHost } from '../../forwarder/src/account/dnsRecords.ts';
import { nextSteps } from '../../forwarder/src/deploy/nextSteps.ts';
import { type RepositoryServer, startRepository } from '../action/repositoryServer.ts';
import { startLocal } from '../localSystem.ts';
import { type DnsServer, startDnsServer, type Zone } from './dnsServer.ts';
import { cloneTemplate, type GroupClone } from './groupClone.ts';
import { readGuide } from './readGuide.ts';

const guide = readFileSync(join(import.meta.dirname, '../../docs/maintainers.md'), 'utf8');

/** What is in capitals is the reader's to fill in. */
const filled: readonly (readonly [RegExp, string])[] = [
  [/\bDOMAIN\b/g, 'sonnenhof.internal'],
  [/\bMAILBOX\b/g, 'jane@mailbox.internal'],
  [/\bREGION\b/g, 'eu-west-1'],
  [/\bOWNER\/NAME\b/g, 'sonnenhof/mail'],
  [/\bADDRESS\b/g, 'maintainers@mailbox.internal'],
  [/\$\(gh auth token\)/g, 'an-admins-token'],
];
const fill = (text: string) => filled.reduce((filledIn, [word, by]) => filledIn.replace(word, by), text);

let clone: GroupClone;
let system: LocalSystem;
let dns: DnsServer;
let github: RepositoryServer;

beforeAll(async () => {
  clone = cloneTemplate();
  dns = await startDnsServer();
  github = await startRepository('sonnenhof/mail', { id: 12, ownerId: 11 });
  system = await startLocal();
});

afterAll(async () => {
  await system.stop();
  await dns.stop();
  github.stop();
  clone.remove();
});

function run(line: string) {
  return clone.run(line, {
    ...system.environment,
    DNS_SERVER: dns.address,
    GITHUB_API_URL: github.url,
    // The numbers of the repository are asked for with it.
    ...(line.includes('-s new') ? { GH_TOKEN: github.token } : {}),
  });
}

/** What cannot be had on one machine, and what stands in for it: the local system is deployed already. */
const elsewhere: Readonly<Record<string, () => Promise<string>>> = {
  'npm ci': async () => '',
  'git push': async () => '',
  'npm run -s deploy': async () => {
    // A deployment makes the rule set, and does not activate it.
    system.ses.ruleSets.activate(undefined);
    await system.schedules.fire(system.lambda.named('buildForwards'), new Date());
    const repository = { owner: 'sonnenhof', repository: 'mail', ownerId: 11, repositoryId: 12 };
    const place = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };
    return nextSteps(
      { region: 'eu-west-1', github: repository },
      'aliasops-production',
      place,
      curesOf('production', {}),
    );
  },
};

/** What somebody does between the commands, by the one that follows. */
const between: Readonly<Record<string, () => Promise<void>>> = {
  'npm run -s forwarder -- setup': async () => {
    const { code, said } = await run('npm run -s forwarder -- doctor --dns');
    expect({ code, said }).toEqual({
      code: 0,
      said: expect.stringMatching(
        /The DKIM records of sonnenhof\.internal are missing here: .* setup, then this/,
      ),
    });
  },
  'npm run -s forwarder -- doctor': async () => {
    system.ses.changeAccount({ productionAccess: true });
    dns.serve(await rightZone());
  },
  'npm run -s forwarder -- trace info@DOMAIN': async () => {
    const transport = createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true });
    await transport.sendMail({ from: 'ann@sender.example', to: 'info@sonnenhof.internal', text: 'Hello' });
    await system.idle();
  },
};

/** The zone that `doctor --dns` asks for. */
async function rightZone(): Promise<Zone> {
  const { said } = await run('npm run -s forwarder -- doctor --dns --format json');
  const { records } = JSON.parse(said) as { records: DnsRecord[] };
  const of = (type: DnsRecord['type']) =>
    Object.fromEntries(
      records
        .filter((record) => record.type === type)
        .map(({ name, value }) => [name, [value.replace(/^10 /, '')]]),
    );
  const a = { [inboundHost('eu-west-1')]: ['192.0.2.1'] };
  return { mx: of('MX'), txt: of('TXT'), cname: of('CNAME'), a };
}

/** Without samples there are none to take away, and the guides for members have no link to one. */
function isPrinted(line: string): boolean {
  return clone.hasSamples || !/^remove |LISEZMOI|README/.test(line);
}

const spaced = (text: string) => text.replace(/ +/g, ' ');

it('refuses every sample of an empty clone by name', async () => {
  const samples = [
    'example.com',
    'example.net',
    'example.org',
    'board@example.com',
    'li.wei@example.com',
    'mailer-daemon@example.com',
    'maintainers@example.org',
    'example/mail',
    '@example/maintainers',
  ];
  const { code, said } = await run('npm run -s aliases -- check --stage production');
  expect(code).not.toBe(0);
  for (const sample of clone.hasSamples ? samples : []) {
    expect(said).toContain(`\`${sample}\` is a sample of the template`);
  }
});

it('prints what the guide says, step by step, from an empty clone to the first mail', async () => {
  for (const { command, prints } of readGuide(guide, 'The first evening')) {
    await between[command]?.();
    const { code, said } = elsewhere[command]
      ? { code: 0, said: await elsewhere[command]() }
      : await run(fill(command));
    expect({ command, code, said }).toEqual({ command, code: 0, said });
    for (const line of prints.filter(isPrinted))
      expect([command, spaced(said)]).toEqual([command, expect.stringContaining(spaced(fill(line)))]);
  }
  expect((await system.outbox.list()).at(-1)).toMatchObject({ kind: 'mail', to: 'jane@mailbox.internal' });
});
