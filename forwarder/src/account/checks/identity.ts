import { type Check, finding } from '../finding.ts';

/** SES takes and sends mail for each domain, signed, from its own MAIL FROM domain. */
export const identity: Check = ({ domains }) =>
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
                ? 'npm run forwarder -- setup'
                : 'add the DKIM records of npm run forwarder -- doctor --dns, and wait up to 72 hours',
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
              fix: 'add the records of npm run forwarder -- doctor --dns',
            },
      ),
    ];
  });
