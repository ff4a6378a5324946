import { feedbackHost, inboundHost } from '../dnsRecords.ts';
import type { Facts } from '../facts.ts';
import { type Check, type Finding, finding } from '../finding.ts';

const fix = 'add the records of npm run forwarder -- doctor --dns';

/** MX, DMARC, MAIL FROM and SPF of each domain. */
export const dns: Check = ({ domains, settings }) =>
  domains.flatMap((domain) => [
    mx(domain, settings.region),
    dmarc(domain),
    ...mailFrom(domain, settings.region),
  ]);

type Domain = Facts['domains'][number];

function mx({ domain, dns: found }: Domain, region: string): Finding {
  const others = found.mx.filter((host) => host !== inboundHost(region));
  const isThere = found.mx.includes(inboundHost(region));
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
      found.mx.length === 0
        ? 'there is no MX record: no mail comes'
        : `the MX record points to ${found.mx.join(', ')}: mail goes there, not to SES`,
    fix: `set the MX record 10 ${inboundHost(region)}`,
  });
}

function dmarc({ domain, dns: found }: Domain): Finding {
  return finding(
    'dmarc',
    domain,
    'there is a DMARC policy',
    found.dmarc.some((text) => /^v=DMARC1\b/i.test(text))
      ? undefined
      : {
          level: 'warning',
          message: 'there is no DMARC policy: large providers trust the mail less',
          fix,
        },
  );
}

function mailFrom({ domain, dns: found, identity }: Domain, region: string): Finding[] {
  if (identity === undefined) return [];
  if (identity.mailFrom === undefined) {
    return [
      finding('mail-from', domain, '', {
        level: 'warning',
        message: 'there is no MAIL FROM domain: SPF passes for amazonses.com alone',
        fix: 'npm run forwarder -- setup',
      }),
    ];
  }
  const lacks = { level: 'warning', fix } as const;
  return [
    finding(
      'mail-from',
      domain,
      `bounces come back to ${identity.mailFrom}`,
      found.mailFromMx.includes(feedbackHost(region))
        ? undefined
        : { ...lacks, message: `${identity.mailFrom} has no MX record 10 ${feedbackHost(region)}` },
    ),
    finding(
      'spf',
      domain,
      'SPF lets SES send',
      found.mailFromTxt.some((text) => /^v=spf1\b.*\binclude:amazonses\.com\b/i.test(text))
        ? undefined
        : { ...lacks, message: `${identity.mailFrom} has no SPF record that includes amazonses.com` },
    ),
  ];
}
