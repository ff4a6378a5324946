import { setTimeout as delay } from 'node:timers/promises';
import type { Lambda } from '../lambda/lambda.ts';
import type { ReceiptAction, ReceiptRule } from '../ses/accountState.ts';
import type { BounceRequest } from '../ses/sendBounce.ts';
import type { InboundMail } from './inboundMail.ts';
import { lambdaEvent } from './lambdaEvent.ts';
import { matched } from './receiptRules.ts';

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
