import type { Cures } from './cures.ts';
import { addRecords, askAgain } from './dnsChecks.ts';
import { type Check, type DnsFacts, type Finding, finding, unseen } from './findings.ts';
import { topicArn } from './place.ts';

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
    return [verified, dkim(domain, found.dkimTokens, dns.dkim, cures)];
  });

function dkim(
  domain: string,
  tokens: readonly string[],
  { found, fault }: DnsFacts['dkim'],
  cures: Cures,
): Finding {
  if (fault !== undefined) return unseen('dkim', domain, fault, askAgain);
  const missing = tokens.filter((token) => !found.includes(token));
  return finding(
    'dkim',
    domain,
    'the DKIM records are there',
    tokens.length > 0 && missing.length === 0
      ? undefined
      : {
          level: 'error',
          message:
            tokens.length === 0
              ? 'Easy DKIM is off: forwarded mail is not signed'
              : `${missing.length} of ${tokens.length} DKIM records are missing or wrong: forwarded mail is not signed`,
          fix: addRecords(cures),
        },
  );
}

/** What tells senders that their mail could not be delivered has an address that SES sends from. */
export const bounceSender: Check = ({ bounceSender: { domain, isVerified }, domains, cures }) => {
  const ours = domains.find((each) => each.domain === domain);
  const otherwise = `or write an address at a verified domain of yours as \`bounceSender\` in the settings of the stage, then ${cures.deploy}`;
  return [
    finding(
      'bounce-sender',
      domain,
      'SES sends the answers to mail that cannot be delivered',
      isVerified
        ? undefined
        : {
            level: 'error',
            message:
              'SES has verified neither the address of `bounceSender` nor its domain: nobody is told that a mail could not be delivered',
            fix:
              ours === undefined
                ? `verify ${domain} with SES, ${otherwise}`
                : `${ours.identity === undefined ? cures.setup : addRecords(cures)}, ${otherwise}`,
          },
    ),
  ];
};

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
