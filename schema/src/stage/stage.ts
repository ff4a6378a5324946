/** The settings of a stage, as its file says them; `schema/stage.schema.json` describes each. */
export interface StageSettings {
  readonly region: string;
  readonly senderLocalPart: string;
  readonly bounceSender: string;
  readonly alarmAddress: string;
  /** Empty for every verified domain. */
  readonly recipients: readonly string[];
  /** Of mail to verified domains that no file is about; bounced where nothing is said. */
  readonly otherDomains?: OtherDomains;
  readonly tlsPolicy: 'Optional' | 'Require';
  readonly configurationSet?: string;
  readonly limits: BounceLimits & { readonly bounceRate: number };
  readonly logRetentionDays: number;
  readonly alarms?: 'essential' | 'all';
  readonly dashboard?: boolean;
  readonly names?: { readonly [thing in Renamable]?: string };
  readonly github: {
    readonly owner: string;
    readonly repository: string;
    readonly ownerId: number;
    readonly repositoryId: number;
    /** What the roles in AWS trust; without it, environments. */
    readonly trust?: 'environment' | 'branch';
    /** The default branch, where that is trusted; without it, `main`. */
    readonly branch?: string;
  };
}

/** `pass`: whatever rules come after ours have it. */
export type OtherDomains = 'bounce' | 'pass';

export interface BounceLimits {
  /** More rows than this block a mailbox. */
  readonly bounces: number;
  /** So many transient bounces in a day count as one. */
  readonly softBounces: number;
}

/** What holds where neither a stage's file nor a variable says otherwise. */
export const defaults = {
  stage: 'production',
  senderLocalPart: 'forwarder-daemon',
  otherDomains: 'bounce',
  branch: 'main',
  limits: { bounces: 0, softBounces: 3, bounceRate: 0.05 },
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** The stage to act on: the one asked for, else that of the variable `STAGE`. */
export function stageName(asked: string | undefined, environment: Environment): string {
  return asked ?? (environment.STAGE || defaults.stage);
}

/**
 * Whether a stage may have the template's samples: only the one of `npm start` and the demo, which is for one machine. Mail
 * is to go by every other.
 */
export function mayHaveSamples(stage: string): boolean {
  return stage === 'local';
}

/** Where the file of a stage is, from the root of the repository. */
export function stagePath(stage: string): string {
  return `forwarder/stages/${stage}.yml`;
}

/** Names of resources begin with it, so it is made of what all of them may have. */
export function isStageName(stage: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(stage);
}

/** The variables that name tables and the bucket, for a function and for whoever runs a command. */
const nameVariables = {
  definitions: 'DEFINITIONS_TABLE',
  domains: 'DOMAINS_TABLE',
  aliases: 'ALIASES_TABLE',
  bounces: 'BOUNCES_TABLE',
  deliveries: 'DELIVERIES_TABLE',
  bucket: 'MESSAGE_BUCKET',
} as const;

/** What a stage may name itself, to take over what another deployment left. */
type Renamable = keyof typeof nameVariables | 'bounceTopic' | 'complaintTopic' | 'ruleSet';

/** What the resources of a stage are called. */
export interface StackNames extends Readonly<Record<Renamable, string>> {
  readonly stack: string;
  /** Of those who are told of alarms. */
  readonly alarmTopic: string;
  readonly spamRule: string;
  readonly processRule: string;
  /** Of the functions that SES invokes. */
  readonly process: string;
  readonly spam: string;
  readonly buildForwards: string;
  /** Of the functions that streams invoke. */
  readonly triggerBuild: string;
  readonly updateBounceCount: string;
}

/** The names as serverless.yml makes them: packaging tests hold the two together. A variable wins over the file. */
export function namesOf(
  stage: string,
  { names = {} }: Pick<StageSettings, 'names'>,
  environment: Environment = {},
): StackNames {
  const stack = `aliasops-${stage}`;
  const nameOf = (thing: keyof typeof nameVariables, otherwise: string) =>
    environment[nameVariables[thing]] || (names[thing] ?? otherwise);
  return {
    stack,
    definitions: nameOf('definitions', `${stack}-definitions`),
    domains: nameOf('domains', `${stack}-domains`),
    aliases: nameOf('aliases', `${stack}-aliases`),
    bounces: nameOf('bounces', `${stack}-bounces`),
    deliveries: nameOf('deliveries', `${stack}-deliveries`),
    bucket: nameOf('bucket', `${stack}-mail-${ofTheAccount}`),
    bounceTopic: names.bounceTopic ?? `${stack}-bounces`,
    complaintTopic: names.complaintTopic ?? `${stack}-complaints`,
    ruleSet: names.ruleSet ?? stack,
    alarmTopic: `${stack}-alarms`,
    spamRule: `${stack}-spam`,
    processRule: `${stack}-process`,
    process: `${stack}-process`,
    spam: `${stack}-spam`,
    buildForwards: `${stack}-buildForwards`,
    triggerBuild: `${stack}-triggerBuild`,
    updateBounceCount: `${stack}-updateBounceCount`,
  };
}

/** Stands for the number of the account: bucket names are one space for all of AWS. No name that is given holds it. */
const ofTheAccount = 'ACCOUNT';

/** Whether the bucket's name can be told only by somebody who knows the account. */
export function needsAccount({ bucket }: StackNames): boolean {
  return bucket.includes(ofTheAccount);
}

export function bucketOf({ bucket }: StackNames, account: string): string {
  return bucket.replace(ofTheAccount, account);
}

/** The region to call: a variable of AWS's own wins over the file. */
export function regionOf(
  environment: Environment,
  settings?: Pick<StageSettings, 'region'>,
): string | undefined {
  return environment.AWS_REGION || environment.AWS_DEFAULT_REGION || settings?.region;
}

/** The local part that forwarded mail comes from. */
export function senderOf(
  environment: Environment,
  settings: Pick<StageSettings, 'senderLocalPart'> = defaults,
): string {
  return environment.SENDER_LOCAL_PART || settings.senderLocalPart;
}

/** The local parts, folded, that no alias can have. */
export function reservedNames(senderLocalPart: string): readonly [sender: string, bounces: string] {
  return [senderLocalPart.toLowerCase(), 'mailer-daemon'];
}

/** The variables that the functions of a stage have, as serverless.yml sets them; those of `environment` win. */
export function functionVariables(
  settings: StageSettings,
  names: StackNames,
  environment: Environment,
): Record<string, string> {
  const told = (variable: string, value: string) => [variable, environment[variable] || value];
  const { limits } = settings;
  return Object.fromEntries([
    ...Object.entries(nameVariables).map(([thing, variable]) =>
      told(variable, names[thing as keyof typeof nameVariables]),
    ),
    told('SENDER_LOCAL_PART', settings.senderLocalPart),
    told('BOUNCE_SENDER', settings.bounceSender),
    told('BOUNCE_LIMIT', String(limits.bounces)),
    told('SOFT_BOUNCE_LIMIT', String(limits.softBounces)),
    told('BOUNCE_RATE_LIMIT', String(limits.bounceRate)),
    told('CONFIGURATION_SET', settings.configurationSet ?? ''),
    told('OTHER_DOMAINS', settings.otherDomains ?? defaults.otherDomains),
  ]);
}
