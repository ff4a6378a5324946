import { setTimeout as delay } from 'node:timers/promises';
import type { Lambda } from '../lambda/lambda.ts';
import type { ReceiptAction, ReceiptRule } from '../ses/accountState.ts';
import type { BounceRequest } from '../ses/sendBounce.ts';
import type { Stack } from '../template/stack.ts';
import type { InboundMail } from './inboundMail.ts';
import { lambdaEvent } from './lambdaEvent.ts';

/** What SES does when a function fails, which AWS does not document: ask it again, or go on to the next action. */
export type OnFunctionError = 'retry' | 'continue';

export interface Receipt {
  /** The rules of the active rule set. */
  rules(): readonly ReceiptRule[];
  readonly lambda: Lambda;
  putObject(bucket: string, key: string, body: Buffer): Promise<void>;
  bounce(request: BounceRequest): Promise<void>;
  readonly onFunctionError: OnFunctionError;
  /** How long to wait before a failed function is asked again, one entry a try. After the last SES gives up. */
  readonly retryDelaysMs: readonly number[];
  /** Told of a mail that SES has given up (the metric PublishExpired). */
  expired(messageId: string): void;
}

type Disposition = 'next-action' | 'stop-rule' | 'stop-rule-set' | 'expired';

/** Walks the rules, and each rule's actions, in order, until one of them stops. */
export async function walkRules(receipt: Receipt, mail: InboundMail): Promise<void> {
  for (const rule of receipt.rules()) {
    const recipients = matched(rule, mail.recipients);
    if (rule.Enabled === false || recipients.length === 0) continue;
    for (const action of rule.Actions ?? []) {
      const disposition = await perform(receipt, mail, rule, recipients, action);
      if (disposition === 'expired') receipt.expired(mail.messageId);
      if (disposition === 'stop-rule-set' || disposition === 'expired') return;
      if (disposition === 'stop-rule') break;
    }
  }
}

async function perform(
  receipt: Receipt,
  mail: InboundMail,
  rule: ReceiptRule,
  recipients: readonly string[],
  action: ReceiptAction,
): Promise<Disposition> {
  if (action.S3Action) {
    const { BucketName, ObjectKeyPrefix = '' } = action.S3Action;
    await receipt.putObject(BucketName, `${ObjectKeyPrefix}${mail.messageId}`, mail.raw);
    return 'next-action';
  }
  if (action.LambdaAction) {
    const event = await lambdaEvent(mail, rule, recipients, action.LambdaAction);
    return ask(receipt, action.LambdaAction, event);
  }
  if (action.BounceAction) {
    await receipt.bounce(bounceRequest(mail, recipients, action.BounceAction));
    return 'next-action';
  }
  if (action.StopAction) return 'stop-rule-set';
  throw new Error(`the local system does not know the receipt action ${Object.keys(action).join()}`);
}

async function ask(
  receipt: Receipt,
  action: NonNullable<ReceiptAction['LambdaAction']>,
  event: unknown,
): Promise<Disposition> {
  if (action.InvocationType !== 'RequestResponse') {
    receipt.lambda.send(action.FunctionArn, event);
    return 'next-action';
  }
  for (const wait of [...receipt.retryDelaysMs, undefined]) {
    const outcome = await receipt.lambda.invoke(action.FunctionArn, event);
    if ('answer' in outcome) return dispositionOf(outcome.answer);
    if (receipt.onFunctionError === 'continue') return 'next-action';
    if (wait !== undefined) await delay(wait);
  }
  return 'expired';
}

/** Anything but the two words means: go on. */
function dispositionOf(answer: string): Disposition {
  const value = JSON.parse(answer) as { readonly disposition?: unknown } | null;
  if (value?.disposition === 'STOP_RULE') return 'stop-rule';
  return value?.disposition === 'STOP_RULE_SET' ? 'stop-rule-set' : 'next-action';
}

function bounceRequest(
  mail: InboundMail,
  recipients: readonly string[],
  action: NonNullable<ReceiptAction['BounceAction']>,
): BounceRequest {
  const status = action.StatusCode ?? '5.0.0';
  return {
    originalMessageId: mail.messageId,
    sender: action.Sender,
    explanation: action.Message,
    recipients: recipients.map((address) => ({
      address,
      action: 'failed',
      status,
      diagnosticCode: `smtp; ${action.SmtpReplyCode} ${status} ${action.Message}`,
    })),
  };
}

interface RuleProperties {
  readonly RuleSetName: string;
  /** The name of the rule that this one comes after; without it a rule comes first. */
  readonly After?: string;
  readonly Rule: ReceiptRule;
}

/** A rule set with its rules in the order in which SES walks them. */
interface RuleSet {
  readonly name: string;
  readonly rules: readonly ReceiptRule[];
}

/** The stack's one rule set. Throws where the template leaves the order of its rules open. */
export function ruleSetOf(stack: Stack): RuleSet {
  const sets = stack.ofType('AWS::SES::ReceiptRuleSet');
  const [set] = sets;
  if (!set || sets.length > 1)
    throw new Error(`the template has ${sets.length} receipt rule sets instead of one`);
  const rules = stack
    .ofType<RuleProperties>('AWS::SES::ReceiptRule')
    .filter(({ properties }) => properties.RuleSetName === set.name);
  const ordered: (typeof rules)[number][] = [];
  const place = (after: string | undefined): void => {
    const next = rules.filter(({ properties }) => properties.After === after);
    if (next.length > 1) throw new Error('the template does not say which of two receipt rules comes first');
    for (const rule of next) {
      ordered.push(rule);
      place(rule.name);
    }
  };
  place(undefined);
  if (ordered.length < rules.length) throw new Error('a receipt rule comes after one that is not there');
  return { name: set.name, rules: ordered.map(({ properties }) => properties.Rule) };
}

/**
 * The recipients that a rule is for: all if it has no conditions, else those at a domain (`example.com`), below it
 * (`.example.com`), or with an address of the list, subaddresses included.
 */
export function matched(rule: ReceiptRule, recipients: readonly string[]): readonly string[] {
  const conditions = (rule.Recipients ?? []).map((condition) => condition.toLowerCase());
  if (conditions.length === 0) return recipients;
  return recipients.filter((recipient) => {
    const [local = '', domain = ''] = recipient.toLowerCase().split('@');
    const plain = `${local.split('+')[0]}@${domain}`;
    return conditions.some((condition) => {
      if (condition.startsWith('.')) return domain.endsWith(condition);
      return condition.includes('@')
        ? [`${local}@${domain}`, plain].includes(condition)
        : condition === domain;
    });
  });
}
