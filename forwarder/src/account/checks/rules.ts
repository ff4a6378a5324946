import { type Check, finding } from '../finding.ts';

/** Our rule set is the active one, its two rules are on and in order, and the region receives. */
export const rules: Check = ({ active, names, settings, domains, regionReceives }) => [
  finding(
    'region',
    settings.region,
    'the region receives mail',
    regionReceives
      ? undefined
      : {
          level: 'error',
          message: `inbound-smtp.${settings.region}.amazonaws.com is not known: SES may not receive there`,
          fix: 'choose a region of https://docs.aws.amazon.com/general/latest/gr/ses.html in the settings',
        },
  ),
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
          fix: 'npm run forwarder -- setup',
        },
  ),
  ...(active?.name === names.ruleSet ? [order(active, names)] : []),
  ...domains
    .filter(({ domain }) => settings.recipients.length > 0 && !settings.recipients.includes(domain))
    .map(({ domain }) =>
      finding('recipients', domain, '', {
        level: 'error',
        message: 'the rules do not take mail for the domain',
        fix: 'add it to `recipients` in the settings of the stage, and deploy',
      }),
    ),
];

function order(
  active: NonNullable<Parameters<Check>[0]['active']>,
  { spamRule, processRule }: Parameters<Check>[0]['names'],
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
          fix: 'npm run deploy',
        },
  );
}
