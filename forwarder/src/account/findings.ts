import type { StackNames, StageSettings } from '../../../schema/src/stage/stage.ts';
import type { Cures } from './cures.ts';
import type { Part } from './part.ts';
import type { Place } from './place.ts';

/**
 * `error`: mail is lost, nothing is forwarded, or somebody could redirect mail without a review. `warning`: it works, and
 * could be better, or nobody could look.
 */
export type Level = 'ok' | 'warning' | 'error';

export interface Finding {
  readonly check: string;
  /** The domain, table or other thing that it is about. */
  readonly subject: string;
  readonly level: Level;
  readonly message: string;
  /** What to do about it; for all but `ok`. */
  readonly fix?: string;
}

export type Check = (facts: Facts) => Finding[];

export function finding(
  check: string,
  subject: string,
  message: string,
  fault?: { readonly level: Exclude<Level, 'ok'>; readonly message: string; readonly fix: string },
): Finding {
  return fault === undefined ? { check, subject, level: 'ok', message } : { check, subject, ...fault };
}

/** Nobody could look, which says nothing of what is there. */
export function unseen(check: string, subject: string, fault: string, fix: string): Finding {
  return finding(check, subject, '', { level: 'warning', message: `not looked at: ${fault}`, fix });
}

/** One line per finding, and its fix below it. */
export function renderFindings(findings: readonly Finding[]): string {
  const marks = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;
  const lines = findings.map(
    ({ level, subject, message, check, fix }) =>
      `${marks[level]}  ${subject}: ${message} [${check}]\n${fix === undefined ? '' : `         -> ${fix}\n`}`,
  );
  const count = (level: Finding['level']) => findings.filter((found) => found.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  return `${lines.join('')}${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${count('ok')} fine\n`;
}

export function losesMail(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'error');
}

/** The account, its DNS and its stack as they were found. Checks look at this alone. */
export interface Facts {
  readonly settings: StageSettings;
  readonly names: StackNames;
  readonly cures: Cures;
  readonly place: Place;
  readonly account: AccountFacts;
  /** Of every domain in the alias files, alias domains included. */
  readonly domains: readonly DomainFacts[];
  /** Undefined when no rule set is active. */
  readonly active?: RuleSetFacts;
  /** Whether our rule set is there, active or not. */
  readonly hasRuleSet: boolean;
  /** Whether `inbound-smtp.REGION.amazonaws.com` resolves. */
  readonly regionReceives: Part<boolean>;
  readonly bounceSender: BounceSenderFacts;
  readonly bucket: { readonly name: string; readonly owner: BucketOwner };
  readonly alarmAddress: AlarmAddress;
  /** Whether CloudWatch has got a metric of the functions lately. */
  readonly hasMetrics: boolean;
  readonly tables: readonly TableFacts[];
  /** Undefined when there is no ledger to look at. */
  readonly queue?: QueueFacts;
  /** The share of the latest mails that bounced, while mail to new destinations waits for it. */
  readonly brake?: number;
  /** Seconds since the last build ended; undefined when none has. */
  readonly buildAge?: number;
  /** Undefined when no sync has ever run. */
  readonly gate?: GateFacts;
  readonly grants: readonly GrantFacts[];
}

/** What a sync opens before its first write and closes after its last. */
export interface GateFacts {
  /** Left open by a sync that was cut short. */
  readonly isStale: boolean;
  /** Seconds since it was opened or closed. */
  readonly age: number;
}

/** `foreign`: another account has it, or nobody here may look at it, which S3 does not tell apart. */
export type BucketOwner = 'ours' | 'foreign' | 'missing';

/** Where the answers to mail that cannot be delivered come from. */
export interface BounceSenderFacts {
  /** Of the address. */
  readonly domain: string;
  readonly isVerified: boolean;
}

/** `pending`: asked by mail, and not answered yet. `not-asked`: nor ever, or too long ago. */
export type AlarmAddress = 'confirmed' | 'pending' | 'not-asked' | 'no-topic';

/** What SES needs to be let do by a policy of the thing itself. */
export interface GrantFacts {
  readonly kind: 'bucket' | 'function';
  readonly name: string;
  readonly isGranted: boolean;
}

export interface QueueFacts {
  /** Mails that wait, counted up to a thousand. */
  readonly depth: number;
  /** Seconds that the longest of them has waited. */
  readonly age: number;
}

export interface AccountFacts {
  /** False in the sandbox. */
  readonly productionAccess: boolean;
  readonly sendingEnabled: boolean;
  /** Mails a day. */
  readonly dailyQuota: number;
  readonly suppressedReasons: readonly string[];
}

export interface DomainFacts {
  readonly domain: string;
  /** Undefined when SES does not know the domain. */
  readonly identity?: IdentityFacts;
  readonly dns: DnsFacts;
}

export interface IdentityFacts {
  readonly verified: boolean;
  readonly dkimTokens: readonly string[];
  readonly mailFrom?: string;
  readonly feedbackForwarding: boolean;
  /** ARNs. */
  readonly bounceTopic?: string;
  readonly complaintTopic?: string;
}

export interface DnsFacts {
  readonly mx: Part<readonly string[]>;
  /** The DKIM tokens whose record is there and right. */
  readonly dkim: Part<readonly string[]>;
  readonly dmarc: Part<readonly string[]>;
  readonly mailFromMx: Part<readonly string[]>;
  readonly mailFromTxt: Part<readonly string[]>;
}

export interface RuleSetFacts {
  readonly name: string;
  /** In order. */
  readonly rules: readonly { readonly name: string; readonly enabled: boolean; readonly scans: boolean }[];
}

export interface TableFacts {
  readonly name: string;
  readonly exists: boolean;
  /** Our function that its stream has to invoke; a table without one needs no stream. */
  readonly follower?: string;
  readonly hasStream: boolean;
  /** The enabled event sources of its stream, ours and others. */
  readonly followers: readonly { readonly functionName: string; readonly id: string }[];
  /** The index by which bounces are counted, where it is missing or lacks the count. */
  readonly blindIndex?: string;
}
