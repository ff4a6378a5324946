import { expect, it } from 'vitest';
import { namesOf } from '../../../schema/src/stage/stage.ts';
import type { Facts } from './findings.ts';
import { describeStep, stepsFor } from './steps.ts';

const names = namesOf('production', {});
const place = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };
const none = { found: [] };
const dns = { mx: none, dkim: none, dmarc: none, mailFromMx: none, mailFromTxt: none };
const settings = { alarmAddress: 'maintainers@example.org' };

/** Only what steps look at. */
function facts(
  found: Pick<Facts, 'domains' | 'hasRuleSet'> & Pick<Partial<Facts>, 'active' | 'alarmAddress'>,
): Facts {
  return { names, place, settings, ...found } as Facts;
}

it('sets a new domain up with the topics before feedback forwarding is turned off, and the rules last', () => {
  const steps = stepsFor(facts({ domains: [{ domain: 'example.com', dns }], hasRuleSet: true }));
  expect(steps.map(describeStep)).toEqual([
    'example.com: make it an identity of SES, with DKIM',
    'example.com: have bounces come back to bounce.example.com',
    'example.com: report bounces to arn:aws:sns:eu-west-1:123456789012:aliasops-production-bounces',
    'example.com: report complaints to arn:aws:sns:eu-west-1:123456789012:aliasops-production-complaints',
    'example.com: stop sending bounces back as mail',
    'activate the rule set aliasops-production',
  ]);
});

it('says which rule set it would displace', () => {
  const active = { name: 'another', rules: [] };
  const [step] = stepsFor(facts({ domains: [], hasRuleSet: true, active }));
  expect(step).toEqual({ kind: 'activate-rules', ruleSet: names.ruleSet, displaces: 'another' });
});

it('activates no rule set that is not there yet', () => {
  expect(stepsFor(facts({ domains: [], hasRuleSet: false }))).toEqual([]);
});

it.each<[Facts['alarmAddress'], readonly string[]]>([
  ['confirmed', []],
  // AWS has asked it already.
  ['pending', []],
  ['not-asked', ['alarms: have AWS send `alarmAddress` a mail with a link to confirm']],
  // Only a deploy makes the topic.
  ['no-topic', []],
])('has the alarm address asked once: %s', (alarmAddress, steps) => {
  expect(stepsFor(facts({ domains: [], hasRuleSet: false, alarmAddress })).map(describeStep)).toEqual(steps);
});
