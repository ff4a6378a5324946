import { defaultMailFrom } from './dnsRecords.ts';
import type { Facts } from './findings.ts';
import { topicArn } from './place.ts';

/** One thing that the set-up does through the API. */
export type Step =
  | { readonly kind: 'create-identity'; readonly domain: string }
  | { readonly kind: 'set-mail-from'; readonly domain: string; readonly mailFrom: string }
  | {
      readonly kind: 'attach-topic';
      readonly domain: string;
      readonly type: 'Bounce' | 'Complaint';
      readonly topic: string;
    }
  | { readonly kind: 'stop-feedback-forwarding'; readonly domain: string }
  /** Has AWS ask the address by mail. `topic` is an ARN. */
  | { readonly kind: 'ask-alarm-address'; readonly topic: string; readonly address: string }
  /** `displaces`: the rule set that is active now, and will not be. */
  | { readonly kind: 'activate-rules'; readonly ruleSet: string; readonly displaces?: string }
  | { readonly kind: 'send-test-mail'; readonly from: string; readonly to: string };

/**
 * What is left to do, in an order in which SES takes it: topics before feedback forwarding is turned off. Empty when
 * all is right, so that a second run writes nothing.
 */
export function stepsFor(facts: Facts): Step[] {
  const { names, place, active, hasRuleSet, settings } = facts;
  const domains = facts.domains.flatMap(({ domain, identity }): Step[] => [
    ...(identity === undefined ? [{ kind: 'create-identity', domain } as const] : []),
    ...(identity?.mailFrom === undefined
      ? [{ kind: 'set-mail-from', domain, mailFrom: defaultMailFrom(domain) } as const]
      : []),
    ...topicSteps(domain, 'Bounce', identity?.bounceTopic, topicArn(place, names.bounceTopic)),
    ...topicSteps(domain, 'Complaint', identity?.complaintTopic, topicArn(place, names.complaintTopic)),
    ...(identity?.feedbackForwarding === false
      ? []
      : [{ kind: 'stop-feedback-forwarding', domain } as const]),
  ]);
  const alarms: Step[] =
    facts.alarmAddress === 'not-asked'
      ? [
          {
            kind: 'ask-alarm-address',
            topic: topicArn(place, names.alarmTopic),
            address: settings.alarmAddress,
          },
        ]
      : [];
  // Last: mail comes only when all the rest is there.
  const activate: Step[] =
    hasRuleSet && active?.name !== names.ruleSet
      ? [
          {
            kind: 'activate-rules',
            ruleSet: names.ruleSet,
            ...(active === undefined ? {} : { displaces: active.name }),
          },
        ]
      : [];
  return [...domains, ...alarms, ...activate];
}

function topicSteps(
  domain: string,
  type: 'Bounce' | 'Complaint',
  attached: string | undefined,
  topic: string,
): Step[] {
  return attached === topic ? [] : [{ kind: 'attach-topic', domain, type, topic }];
}

export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'create-identity':
      return `${step.domain}: make it an identity of SES, with DKIM`;
    case 'set-mail-from':
      return `${step.domain}: have bounces come back to ${step.mailFrom}`;
    case 'attach-topic':
      return `${step.domain}: report ${step.type === 'Bounce' ? 'bounces' : 'complaints'} to ${step.topic}`;
    case 'stop-feedback-forwarding':
      return `${step.domain}: stop sending bounces back as mail`;
    case 'ask-alarm-address':
      return 'alarms: have AWS send `alarmAddress` a mail with a link to confirm';
    case 'activate-rules':
      return `activate the rule set ${step.ruleSet}${step.displaces === undefined ? '' : `, in place of ${step.displaces}`}`;
    case 'send-test-mail':
      return `send a test mail from ${step.from} to ${step.to}`;
  }
}

/** Takes every mail, also from an account in the sandbox, and counts it for nothing. */
export const simulator = 'success@simulator.amazonses.com';

/**
 * A mail that shows whether SES sends for this stage, from the address that forwards come from, at the first domain that
 * is verified; undefined while none is.
 */
export function testMailStep({ domains, settings }: Facts, to: string): Step | undefined {
  const ready = domains.find(({ identity }) => identity?.verified);
  if (ready === undefined) return undefined;
  return { kind: 'send-test-mail', from: `${settings.senderLocalPart}@${ready.domain}`, to };
}
