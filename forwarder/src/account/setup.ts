import {
  SetActiveReceiptRuleSetCommand,
  SetIdentityFeedbackForwardingEnabledCommand,
  SetIdentityNotificationTopicCommand,
} from '@aws-sdk/client-ses';
import {
  CreateEmailIdentityCommand,
  PutEmailIdentityMailFromAttributesCommand,
  SendEmailCommand,
} from '@aws-sdk/client-sesv2';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { wordsOf } from '../../../schema/src/messages/message.ts';
import { stageName } from '../../../schema/src/stage/stage.ts';
import { parseAddress } from '../../../schema/src/text/address.ts';
import { headerBytes } from '../mail/headerBytes.ts';
import { toldOfAlarms } from './alarmChecks.ts';
import type { Facts, Finding } from './findings.ts';
import { bounceSender } from './identityChecks.ts';
import type { Places } from './observe.ts';
import { type Account, openAccount, type Shell } from './stageAccount.ts';
import { describeStep, type Step, simulator, stepsFor, testMailStep } from './steps.ts';

export interface SetupRequest {
  readonly stage: string | undefined;
  readonly dir: string | undefined;
  /** Whether it only says what it would do. */
  readonly 'dry-run': boolean;
  /** Whether it displaces an active rule set without asking. */
  readonly yes: boolean;
  readonly 'test-mail': string | undefined;
  readonly 'dns-server': string | undefined;
}

/**
 * Does what the API can, and nothing that is right already. Before it displaces an active rule set it asks; without an
 * answer it exits with 1. It ends with a test mail, to SES's simulator unless told otherwise, when it was asked for one
 * or has changed something.
 */
export async function setup(
  values: SetupRequest,
  shell: Shell,
  ask: Ask = shell.ask ?? nobody,
): Promise<number> {
  const { value: testAddress = simulator, fault } = parseAddress(values['test-mail'] ?? simulator);
  if (fault !== undefined) {
    shell.note(`\`${values['test-mail']}\` is not an address: ${wordsOf(fault, 'en')}.\n`);
    return 2;
  }
  const account = await openAccount({
    stage: stageName(values.stage, shell.environment),
    dir: values.dir ?? 'aliases',
    dnsServer: values['dns-server'] ?? shell.environment.DNS_SERVER,
    environment: shell.environment,
  });
  const isDry = values['dry-run'];
  const facts = await account.observe();
  const steps = stepsFor(facts);
  if (!facts.hasRuleSet) {
    shell.note(`The rule set ${account.names.ruleSet} is missing: ${account.cures.deploy} makes it.\n`);
  }
  if (steps.length === 0) shell.note('There is nothing to set up.\n');
  for (const step of steps) {
    shell.out(`${describeStep(step)}\n`);
    if (isDry) continue;
    if (!values.yes && !(await mayDo(step, ask))) {
      shell.note(
        `Stopped: the rule set that was active stays so. To change it without a question: ${account.cures.setup} --yes\n`,
      );
      return 1;
    }
    await perform(account.places, step);
  }
  for (const { subject, message, fix } of leftByHand(facts)) {
    shell.note(`${subject}: ${message}.\n  By hand: ${fix}.\n`);
  }
  const isAsked = values['test-mail'] !== undefined;
  const isSent = steps.length === 0 && !isAsked ? true : await tryOut(account, testAddress, isDry, shell);
  return facts.hasRuleSet && (isSent || !isAsked) ? 0 : 1;
}

/** What it can do nothing about, and nobody would think of; `doctor` says all the rest. */
function leftByHand(facts: Facts): Finding[] {
  // By now it has had the address asked.
  const alarmAddress = facts.alarmAddress === 'not-asked' ? 'pending' : facts.alarmAddress;
  const isOurs = facts.domains.some(({ domain }) => domain === facts.bounceSender.domain);
  const findings = [...toldOfAlarms({ ...facts, alarmAddress }), ...(isOurs ? [] : bounceSender(facts))];
  return findings.filter(({ level }) => level !== 'ok');
}

type Ask = NonNullable<Shell['ask']>;

/** Where nobody can be asked, nobody has said yes. */
const nobody: Ask = async () => false;

async function mayDo(step: Step, ask: Ask): Promise<boolean> {
  if (step.kind !== 'activate-rules' || step.displaces === undefined) return true;
  return ask(
    `The rule set ${step.displaces} is active: what it does will stop at once. Activate ${step.ruleSet} instead?`,
  );
}

/** Sends the test mail by what the account is like now; false when no domain can send one yet. */
async function tryOut(account: Account, to: string, isDry: boolean, shell: Shell): Promise<boolean> {
  const step = testMailStep(await account.observe(), to);
  if (step === undefined) {
    shell.note(
      `No domain is verified yet: there is no test mail. Later, ${account.cures.setup} --test-mail ADDRESS sends one.\n`,
    );
    return false;
  }
  shell.out(`${describeStep(step)}\n`);
  if (!isDry) await perform(account.places, step);
  return true;
}

/** Does one step of the set-up. */
async function perform(
  { ses, sesv2, sns }: Pick<Places, 'ses' | 'sesv2' | 'sns'>,
  step: Step,
): Promise<void> {
  switch (step.kind) {
    case 'create-identity':
      await sesv2.send(new CreateEmailIdentityCommand({ EmailIdentity: step.domain }));
      return;
    case 'set-mail-from':
      await sesv2.send(
        new PutEmailIdentityMailFromAttributesCommand({
          EmailIdentity: step.domain,
          MailFromDomain: step.mailFrom,
          // Until its records are there, mail goes out as before.
          BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
        }),
      );
      return;
    case 'attach-topic':
      await ses.send(
        new SetIdentityNotificationTopicCommand({
          Identity: step.domain,
          NotificationType: step.type,
          SnsTopic: step.topic,
        }),
      );
      return;
    case 'stop-feedback-forwarding':
      await ses.send(
        new SetIdentityFeedbackForwardingEnabledCommand({ Identity: step.domain, ForwardingEnabled: false }),
      );
      return;
    case 'ask-alarm-address':
      await sns.send(
        new SubscribeCommand({ TopicArn: step.topic, Protocol: 'email', Endpoint: step.address }),
      );
      return;
    case 'activate-rules':
      await ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: step.ruleSet }));
      return;
    case 'send-test-mail':
      await sesv2.send(
        new SendEmailCommand({
          FromEmailAddress: step.from,
          Destination: { ToAddresses: [step.to] },
          Content: { Raw: { Data: testMail(step.from, step.to, new Date()) } },
        }),
      );
      return;
  }
}

function testMail(from: string, to: string, date: Date): Buffer {
  return Buffer.concat([
    headerBytes([
      `From: ${from}`,
      `To: ${to}`,
      'Subject: Test mail',
      `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
      'Auto-Submitted: auto-generated',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=us-ascii',
    ]),
    Buffer.from('Amazon SES sends for this domain: forwards leave in the same way.\r\n'),
  ]);
}
