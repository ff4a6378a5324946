import { defaults, type OtherDomains, reservedNames, senderOf } from '../../../schema/src/stage/stage.ts';
import { type Address, parseAddress } from '../../../schema/src/text/address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Says everything that is wrong with a function's environment at once, before any mail is touched. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The settings that a function cannot be without, by their names. */
export function required<Name extends string>(
  environment: Environment,
  ...names: readonly Name[]
): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => (environment[name] ?? '') === '');
  if (missing.length > 0) throw new ConfigError(`These settings are missing: ${missing.join(', ')}.`);
  return Object.fromEntries(names.map((name) => [name, environment[name] ?? ''])) as Record<Name, string>;
}

/** A number of 0 or more, or what applies without the setting. */
export function limit(environment: Environment, name: string, otherwise: number): number {
  const text = environment[name] ?? '';
  if (text === '') return otherwise;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new ConfigError(`${name} is \`${text}\`, which is no number of 0 or more.`);
}

/** A setting that may be left out or empty. */
export function optional(environment: Environment, name: string): string | undefined {
  return environment[name] === '' ? undefined : environment[name];
}

/** What becomes of mail to domains that no file is about. */
export function otherDomains(environment: Environment): OtherDomains {
  const text = optional(environment, 'OTHER_DOMAINS') ?? defaults.otherDomains;
  if (text === 'bounce' || text === 'pass') return text;
  throw new ConfigError(`OTHER_DOMAINS is \`${text}\`, which is neither bounce nor pass.`);
}

/** The local part that forwarded mail comes from, and with it the names that no alias has. */
export function senderNames(environment: Environment): {
  readonly senderLocalPart: string;
  readonly reserved: readonly string[];
} {
  const reserved = reservedNames(senderOf(environment));
  return { senderLocalPart: reserved[0], reserved };
}

/** A setting that is an address. */
export function addressOf(settings: Readonly<Record<string, string>>, name: string): Address {
  const text = settings[name] ?? '';
  const { value } = parseAddress(text);
  if (value === undefined) throw new ConfigError(`${name} is \`${text}\`, which is not an address.`);
  return value;
}
