export interface DnsRecord {
  /** Without the dot at the end. */
  readonly name: string;
  readonly type: 'MX' | 'TXT' | 'CNAME';
  readonly value: string;
  readonly why: string;
}

export const inboundHost = (region: string) => `inbound-smtp.${region}.amazonaws.com`;
export const dkimName = (token: string, domain: string) => `${token}._domainkey.${domain}`;
export const dkimTarget = (token: string) => `${token}.dkim.amazonses.com`;
export const feedbackHost = (region: string) => `feedback-smtp.${region}.amazonses.com`;
export const spf = 'v=spf1 include:amazonses.com ~all';
/** Where bounces of a domain's mail come back to, unless its identity says otherwise. */
export const defaultMailFrom = (domain: string) => `bounce.${domain}`;

/** The records that a domain needs to receive and to send through SES in a region. */
export function dnsRecords(
  domain: string,
  region: string,
  identity: { readonly dkimTokens: readonly string[]; readonly mailFrom?: string } | undefined,
): DnsRecord[] {
  const mailFrom = identity?.mailFrom ?? defaultMailFrom(domain);
  return [
    { name: domain, type: 'MX', value: `10 ${inboundHost(region)}`, why: 'mail comes to SES' },
    ...(identity?.dkimTokens ?? []).map((token) => ({
      name: dkimName(token, domain),
      type: 'CNAME' as const,
      value: dkimTarget(token),
      why: 'SES signs for the domain',
    })),
    { name: `_dmarc.${domain}`, type: 'TXT', value: 'v=DMARC1; p=none', why: 'what to do with forgeries' },
    { name: mailFrom, type: 'MX', value: `10 ${feedbackHost(region)}`, why: 'bounces come back to SES' },
    { name: mailFrom, type: 'TXT', value: spf, why: 'SES may send for the domain' },
  ];
}

/** Lines of a zone file, ready to paste. */
export function zoneFile(records: readonly DnsRecord[]): string {
  return records
    .map(({ name, type, value }) => {
      const written = type === 'TXT' ? `"${value}"` : `${value}.`;
      return `${name}. 3600 IN ${type} ${written}\n`;
    })
    .join('');
}

/** The same as a table, for the web page of a registrar. */
export function recordTable(records: readonly DnsRecord[]): string {
  const rows = [['Name', 'Type', 'Value', 'Why'], ...records.map((r) => [r.name, r.type, r.value, r.why])];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}
