import type { Settings } from './settings.ts';

/** What the things of a stage are called, as serverless.yml calls them; a test holds the two together. */
export interface StackNames {
  readonly definitions: string;
  readonly domains: string;
  readonly aliases: string;
  readonly bounces: string;
  readonly deliveries: string;
  readonly bounceTopic: string;
  readonly complaintTopic: string;
  readonly ruleSet: string;
  readonly spamRule: string;
  readonly processRule: string;
  /** Of the functions that SES invokes. */
  readonly process: string;
  readonly spam: string;
  readonly buildForwards: string;
  /** Of the functions that streams invoke. */
  readonly triggerBuild: string;
  readonly updateBounceCount: string;
  /** May hold `ACCOUNT`, for the account's number. */
  readonly bucket: string;
}

export function namesOf(stage: string, { names = {} }: Pick<Settings, 'names'>): StackNames {
  const prefix = `aliasops-${stage}`;
  return {
    definitions: names.definitions ?? `${prefix}-definitions`,
    domains: names.domains ?? `${prefix}-domains`,
    aliases: names.aliases ?? `${prefix}-aliases`,
    bounces: names.bounces ?? `${prefix}-bounces`,
    deliveries: names.deliveries ?? `${prefix}-deliveries`,
    bounceTopic: names.bounceTopic ?? `${prefix}-bounces`,
    complaintTopic: names.complaintTopic ?? `${prefix}-complaints`,
    ruleSet: names.ruleSet ?? prefix,
    spamRule: `${prefix}-spam`,
    processRule: `${prefix}-process`,
    process: `${prefix}-process`,
    spam: `${prefix}-spam`,
    buildForwards: `${prefix}-buildForwards`,
    triggerBuild: `${prefix}-triggerBuild`,
    updateBounceCount: `${prefix}-updateBounceCount`,
    bucket: names.bucket ?? `${prefix}-mail-ACCOUNT`,
  };
}
