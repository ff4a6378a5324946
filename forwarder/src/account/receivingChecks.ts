import type { Cures } from './cures.ts';
import { askAgain } from './dnsChecks.ts';
import { type Check, type Facts, type Finding, finding, unseen } from './findings.ts';

/** Out of the sandbox, allowed to send, with a quota and a suppression list. */
export const account: Check = ({ account: found }) => [
  finding(
    'sandbox',
    'account',
    'SES sends to everybody',
    found.productionAccess
      ? undefined
      : {
          level: 'error',
          message: 'the account is in the sandbox: SES sends 200 mails a day, and to verified addresses only',
          fix: 'ask for production access in the SES console, "Account dashboard"',
        },
  ),
  finding(
    'sending',
    'account',
    `SES sends up to ${found.dailyQuota} mails a day`,
    found.sendingEnabled
      ? undefined
      : {
          level: 'error',
          message: 'AWS has stopped the account from sending: mail waits, and is given up after 20 hours',
          fix: 'answer the case that AWS has opened, "Account dashboard" of the SES console',
        },
  ),
  finding(
    'suppression',
    'account',
    'addresses that bounce or complain are suppressed',
    ['BOUNCE', 'COMPLAINT'].every((reason) => found.suppressedReasons.includes(reason))
      ? undefined
      : {
          level: 'warning',
          message:
            'SES does not suppress both bounces and complaints, which harms the reputation of the account',
          fix: 'turn both on in the SES console, "Suppression list"',
        },
  ),
];

/** Our rule set is the active one, its two rules are on and in order, and the region receives. */
export const rules: Check = ({ active, names, settings, domains, regionReceives, cures }) => [
  region(settings.region, regionReceives),
  finding(
    'rule-set',
    names.ruleSet,
    'the rule set is active',
    active?.name === names.ruleSet
      ? undefined
      : {
          level: 'error',
          message:
            active === undefined
              ? 'no rule set is active: SES refuses all mail'
              : `the rule set ${active.name} is active instead: mail is not forwarded by this stack`,
          fix: cures.setup,
        },
  ),
  ...(active?.name === names.ruleSet ? [order(active, names, cures)] : []),
  ...domains
    .filter(({ domain }) => settings.recipients.length > 0 && !settings.recipients.includes(domain))
    .map(({ domain }) =>
      finding('recipients', domain, '', {
        level: 'error',
        message: 'the rules do not take mail for the domain',
        fix: `add it to \`recipients\` in the settings of the stage, then ${cures.deploy}`,
      }),
    ),
];

function region(name: string, { found, fault }: Facts['regionReceives']): Finding {
  if (fault !== undefined) return unseen('region', name, fault, askAgain);
  return finding(
    'region',
    name,
    'the region receives mail',
    found
      ? undefined
      : {
          level: 'error',
          message: `inbound-smtp.${name}.amazonaws.com is not known: SES may not receive there`,
          fix: 'choose a region of https://docs.aws.amazon.com/general/latest/gr/ses.html in the settings',
        },
  );
}

function order(
  active: NonNullable<Parameters<Check>[0]['active']>,
  { spamRule, processRule }: Parameters<Check>[0]['names'],
  cures: Cures,
) {
  const ours = active.rules.filter(({ name }) => name === spamRule || name === processRule);
  const isRight =
    ours.map(({ name }) => name).join() === [spamRule, processRule].join() &&
    ours.every(({ enabled, scans }) => enabled && scans);
  return finding(
    'rule-order',
    active.name,
    'mail is judged, then forwarded',
    isRight
      ? undefined
      : {
          level: 'error',
          message: `the rules ${spamRule} and ${processRule} are not both there, on, scanning and in this order`,
          fix: cures.deploy,
        },
  );
}

/** The bucket of the mails is there, and nobody else's. */
export const bucket: Check = ({ bucket: { name, owner }, cures }) => [
  finding(
    'bucket',
    name,
    'the bucket of the mails belongs to the account',
    owner === 'ours' ? undefined : { level: 'error', ...bucketFaults(cures)[owner] },
  ),
];

function bucketFaults({ deploy }: Cures) {
  return {
    missing: { message: 'the bucket is missing: SES refuses the mail', fix: deploy },
    foreign: {
      message:
        'the bucket belongs to another account, or you may not look at it: mail would be stored with strangers',
      fix: `name a bucket of yours as \`bucket\` under \`names\` in the settings of the stage, then ${deploy}`,
    },
  } as const;
}

/** SES may lay mails in the bucket and invoke the two functions of its rules. */
export const grants: Check = ({ grants: found, cures }) =>
  found.map(({ kind, name, isGranted }) =>
    kind === 'bucket'
      ? finding(
          'bucket-policy',
          name,
          'SES may lay mails in the bucket',
          isGranted
            ? undefined
            : {
                level: 'error',
                message: 'no policy of the bucket lets SES write for our rule: SES refuses or loses the mail',
                fix: cures.deploy,
              },
        )
      : finding(
          'function-policy',
          name,
          'SES may invoke the function',
          isGranted
            ? undefined
            : {
                level: 'error',
                message: 'no policy of the function lets SES invoke it for our rule: the rule fails',
                fix: cures.deploy,
              },
        ),
  );
