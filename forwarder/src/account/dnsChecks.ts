import type { Cures } from './cures.ts';
import { feedbackHost, inboundHost } from './dnsRecords.ts';
import { type Check, type DomainFacts, type Finding, finding, unseen } from './findings.ts';

/** MX, DMARC, MAIL FROM and SPF of each domain. */
export const dns: Check = ({ domains, settings, cures }) =>
  domains.flatMap((domain) => [
    mx(domain, settings.region),
    dmarc(domain, cures),
    ...mailFrom(domain, settings.region, cures),
  ]);

function mx({ domain, dns: { mx: part } }: DomainFacts, region: string): Finding {
  if (part.fault !== undefined) return unseen('mx', domain, part.fault, askAgain);
  const others = part.found.filter((host) => host !== inboundHost(region));
  const isThere = part.found.includes(inboundHost(region));
  if (isThere && others.length > 0) {
    return finding('mx', domain, '', {
      level: 'error',
      message: `mail also goes to ${others.join(', ')}: part of it never comes here`,
      fix: `remove every MX record but 10 ${inboundHost(region)}`,
    });
  }
  if (isThere) return finding('mx', domain, 'mail comes to SES');
  return finding('mx', domain, '', {
    level: 'error',
    message:
      part.found.length === 0
        ? 'there is no MX record: no mail comes'
        : `the MX record points to ${part.found.join(', ')}: mail goes there, not to SES`,
    fix: `set the MX record 10 ${inboundHost(region)}`,
  });
}

function dmarc({ domain, dns: { dmarc: part } }: DomainFacts, cures: Cures): Finding {
  if (part.fault !== undefined) return unseen('dmarc', domain, part.fault, askAgain);
  return finding(
    'dmarc',
    domain,
    'there is a DMARC policy',
    part.found.some((text) => /^v=DMARC1\b/i.test(text))
      ? undefined
      : {
          level: 'warning',
          message: 'there is no DMARC policy: large providers trust the mail less',
          fix: addRecords(cures),
        },
  );
}

function mailFrom({ domain, dns: found, identity }: DomainFacts, region: string, cures: Cures): Finding[] {
  if (identity === undefined) return [];
  const { mailFrom: host } = identity;
  if (host === undefined) {
    return [
      finding('mail-from', domain, '', {
        level: 'warning',
        message: 'there is no MAIL FROM domain: SPF passes for amazonses.com alone',
        fix: cures.setup,
      }),
    ];
  }
  const judged = (
    check: string,
    right: string,
    { found: records, fault }: DomainFacts['dns']['mailFromMx'],
    isRight: (record: string) => boolean,
    lack: string,
  ) =>
    fault === undefined
      ? finding(
          check,
          domain,
          right,
          records.some(isRight)
            ? undefined
            : { level: 'warning', message: `${host} has no ${lack}`, fix: addRecords(cures) },
        )
      : unseen(check, domain, fault, askAgain);
  return [
    judged(
      'mail-from',
      `bounces come back to ${host}`,
      found.mailFromMx,
      (exchange) => exchange === feedbackHost(region),
      `MX record 10 ${feedbackHost(region)}`,
    ),
    judged(
      'spf',
      'SPF lets SES send',
      found.mailFromTxt,
      (text) => /^v=spf1\b.*\binclude:amazonses\.com\b/i.test(text),
      'SPF record that includes amazonses.com',
    ),
  ];
}

/** What to do where a name server gives no answer. */
export const askAgain =
  'look again in some minutes; as long as it is so, senders may get no answer either: ask whoever serves the DNS of the domain';

export function addRecords({ records }: Cures): string {
  return `add the records of ${records}`;
}
