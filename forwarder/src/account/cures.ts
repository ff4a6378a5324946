import { defaults, stageName } from '../../../schema/src/stage/stage.ts';

/** The commands that mend a stage, as they are typed. */
export interface Cures {
  readonly deploy: string;
  readonly doctor: string;
  /** Prints the DNS records. */
  readonly records: string;
  readonly setup: string;
  readonly setupRepository: string;
  readonly queue: string;
  readonly blocked: string;
  readonly release: string;
  readonly sync: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Each for this stage: a command that is copied must not act on another. The stage that all take anyway is left out. */
export function curesOf(stage: string, environment: Environment): Cures {
  const isUsual = stage === defaults.stage && stageName(undefined, environment) === stage;
  const option = isUsual ? '' : ` --stage ${stage}`;
  const forwarder = (words: string) => `npm run -s forwarder -- ${words}${option}`;
  return {
    deploy: isUsual ? 'npm run deploy' : `npm run deploy --${option}`,
    doctor: forwarder('doctor'),
    records: forwarder('doctor --dns'),
    setup: forwarder('setup'),
    setupRepository: forwarder('setup github'),
    queue: forwarder('queue'),
    blocked: forwarder('blocked'),
    release: forwarder('brake --release'),
    sync: `npm run -s aliases -- sync${option}`,
  };
}
