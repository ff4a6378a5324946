import { stageName } from '../../../schema/src/stage/stage.ts';
import { metrics, toldOfAlarms } from './alarmChecks.ts';
import { dns } from './dnsChecks.ts';
import { dnsRecords, recordTable, zoneFile } from './dnsRecords.ts';
import { type Check, type Facts, type Finding, losesMail, renderFindings } from './findings.ts';
import { bounceSender, feedback, identity } from './identityChecks.ts';
import { leftSamples, sampleFindings } from './leftSamples.ts';
import { account, bucket, grants, rules } from './receivingChecks.ts';
import { repositoryFindings } from './setupRepository.ts';
import { openAccount, type Shell } from './stageAccount.ts';
import { brake, build, followers, gate, queue, tables } from './tableChecks.ts';

export interface DoctorRequest {
  readonly stage: string | undefined;
  readonly dir: string | undefined;
  /** Whether the DNS records are asked for instead of findings. */
  readonly dns: boolean;
  readonly 'dns-server': string | undefined;
  readonly format: 'text' | 'json';
}

/** Says what is missing. The exit code is 1 when something would lose mail. */
export async function doctor(values: DoctorRequest, shell: Shell): Promise<number> {
  const stage = stageName(values.stage, shell.environment);
  const dir = values.dir ?? 'aliases';
  const account = await openAccount({
    stage,
    dir,
    dnsServer: values['dns-server'] ?? shell.environment.DNS_SERVER,
    environment: shell.environment,
  });
  const facts = await account.observe();
  if (values.dns) {
    shell.out(renderRecords(facts, values.format));
    const incomplete = withoutDkim(facts);
    if (incomplete.length > 0) {
      shell.note(
        `The DKIM records of ${incomplete.join(', ')} are missing here: SES makes them when it gets to know the domain. Run ${facts.cures.setup}, then this again.\n`,
      );
    }
    return 0;
  }
  const { settings, place } = facts;
  const findings = [
    ...sampleFindings(await leftSamples(stage, dir)),
    ...diagnose(facts),
    ...(await repositoryFindings(stage, settings, place, shell.environment)),
  ];
  const ok = !losesMail(findings);
  shell.out(
    values.format === 'json'
      ? `${JSON.stringify({ ok, findings }, undefined, 2)}\n`
      : renderFindings(findings),
  );
  return ok ? 0 : 1;
}

/** The domains whose records are not all known yet. */
function withoutDkim({ domains }: Facts): string[] {
  return domains
    .filter(({ identity }) => identity === undefined || identity.dkimTokens.length === 0)
    .map(({ domain }) => domain);
}

function renderRecords(facts: Facts, format: string): string {
  const { domains, settings } = facts;
  const records = domains.flatMap(({ domain, identity }) => dnsRecords(domain, settings.region, identity));
  if (format === 'json') {
    return `${JSON.stringify({ records, incomplete: withoutDkim(facts) }, undefined, 2)}\n`;
  }
  return `${zoneFile(records)}\n${recordTable(records)}`;
}

const checks: readonly Check[] = [
  account,
  rules,
  bucket,
  grants,
  tables,
  followers,
  build,
  gate,
  queue,
  brake,
  toldOfAlarms,
  metrics,
  identity,
  dns,
  feedback,
  bounceSender,
];

/** Everything that the reference's "prepare your account" asks for, one finding each, right or wrong. */
export function diagnose(facts: Facts): Finding[] {
  return checks.flatMap((check) => check(facts));
}
