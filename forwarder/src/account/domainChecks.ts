import type { Cures } from './cures.ts';
import { feedbackHost, inboundHost } from './dnsRecords.ts';
import { type Check, type DomainFacts, type Finding, finding } from './findings.ts';
import { topicArn } from './place.ts';

function addRecords({ records }: Cures): string {
  return `add the records of ${records}`;
}

/** SES takes and sends mail for each domain, signed, from its own MAIL FROM domain. */
export const identity: Check = ({ domains, cures }) =>
  domains.flatMap(({ domain, identity: found, dns }) => {
    const verified = finding(
      'identity',
      domain,
      'SES has verified the domain',
      found?.verified
        ? undefined
        : {
            level: 'error',
            message:
              found === undefined
                ? 'SES does not know the domain: it takes no mail for it'
                : 'SES has not verified the domain yet: it takes no mail for it',
            fix:
              found === undefined
                ? cures.setup
                : `add the DKIM records of ${cures.records}, and wait up to 72 hours`,
          },
    );
    if (found === undefined) return [verified];
    const missing = found.dkimTokens.filter((token) => !dns.dkim.includes(token));
    return [
      verified,
      finding(
        'dkim',
        domain,
        'the DKIM records are there',
        found.dkimTokens.length > 0 && missing.length === 0
          ? undefined
          : {
              level: 'error',
              message:
                found.dkimTokens.length === 0
                  ? 'Easy DKIM is off: forwarded mail is not signed'
                  : `${missing.length} of ${found.dkimTokens.length} DKIM records are missing or wrong: forwarded mail is not signed`,
              fix: addRecords(cures),
            },
      ),
    ];
  });

/** MX, DMARC, MAIL FROM and SPF of each domain. */
export const dns: Check = ({ domains, settings, cures }) =>
  domains.flatMap((domain) => [
    mx(domain, settings.region),
    dmarc(domain, cures),
    ...mailFrom(domain, settings.region, cures),
  ]);

function mx({ domain, dns: found }: DomainFacts, region: string): Finding {
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

function dmarc({ domain, dns: found }: DomainFacts, cures: Cures): Finding {
  return finding(
    'dmarc',
    domain,
    'there is a DMARC policy',
    found.dmarc.some((text) => /^v=DMARC1\b/i.test(text))
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
  if (identity.mailFrom === undefined) {
    return [
      finding('mail-from', domain, '', {
        level: 'warning',
        message: 'there is no MAIL FROM domain: SPF passes for amazonses.com alone',
        fix: cures.setup,
      }),
    ];
  }
  const lacks = { level: 'warning', fix: addRecords(cures) } as const;
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

/** Bounces and complaints come to our topics, and not as mail. */
export const feedback: Check = ({ domains, names, place, cures }) =>
  domains.flatMap(({ domain, identity }) => {
    if (identity === undefined) return [];
    const topics = [
      ['bounce-topic', 'bounces', identity.bounceTopic, names.bounceTopic],
      ['complaint-topic', 'complaints', identity.complaintTopic, names.complaintTopic],
    ] as const;
    return [
      ...topics.map(([check, what, arn, name]) =>
        finding(
          check,
          domain,
          `${what} are reported to ${name}`,
          arn === topicArn(place, name)
            ? undefined
            : {
                level: 'error',
                message: `${what} are reported ${arn === undefined ? 'to no topic' : `to ${arn}`}: dead addresses go on getting mail`,
                fix: cures.setup,
              },
        ),
      ),
      finding(
        'feedback-forwarding',
        domain,
        'bounces do not come back as mail',
        identity.feedbackForwarding
          ? {
              level: 'error',
              message: 'feedback forwarding is on: bounces come back to an alias, as mail',
              fix: cures.setup,
            }
          : undefined,
      ),
    ];
  });
