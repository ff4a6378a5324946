import { diagnose } from './diagnose.ts';
import { dnsRecords, recordTable, zoneFile } from './dnsRecords.ts';
import type { Facts } from './facts.ts';
import { losesMail, renderFindings } from './finding.ts';
import type { Shell } from './shell.ts';
import { openAccount } from './stageAccount.ts';

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
  const account = await openAccount({
    stage: values.stage ?? (shell.environment.STAGE || 'production'),
    dir: values.dir ?? 'aliases',
    dnsServer: values['dns-server'] ?? shell.environment.DNS_SERVER,
    environment: shell.environment,
  });
  const facts = await account.observe();
  if (values.dns) {
    shell.out(renderRecords(facts, values.format));
    return 0;
  }
  const findings = diagnose(facts);
  const ok = !losesMail(findings);
  shell.out(
    values.format === 'json'
      ? `${JSON.stringify({ ok, findings }, undefined, 2)}\n`
      : renderFindings(findings),
  );
  return ok ? 0 : 1;
}

function renderRecords({ domains, settings }: Facts, format: string): string {
  const records = domains.flatMap(({ domain, identity }) => dnsRecords(domain, settings.region, identity));
  if (format === 'json') return `${JSON.stringify({ records }, undefined, 2)}\n`;
  return `${zoneFile(records)}\n${recordTable(records)}`;
}
