import { randomUUID } from 'node:crypto';
import { nameInArn } from '../template/names.ts';

interface EventSource {
  readonly table: string;
  /** Of a function of the stack, or of another deployment. */
  readonly functionArn: string;
  readonly enabled: boolean;
}

/** What the account says of the event sources of its functions; those of other deployments are only told of. */
export interface EventSources {
  /** Adds one; returns a function that turns it off. */
  add(table: string, functionArn: string): () => void;
  /** As ListEventSourceMappings lists them: https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html. */
  ofStream(streamArn: string): readonly Readonly<Record<string, string>>[];
}

export function eventSources(): EventSources {
  const all = new Map<string, EventSource>();
  return {
    add: (table, functionArn) => {
      const id = randomUUID();
      all.set(id, { table, functionArn, enabled: true });
      return () => void all.set(id, { table, functionArn, enabled: false });
    },
    ofStream: (streamArn) =>
      [...all]
        .filter(([, { table }]) => table === nameInArn(streamArn))
        .map(([UUID, { functionArn, enabled }]) => ({
          UUID,
          EventSourceArn: streamArn,
          FunctionArn: functionArn,
          State: enabled ? 'Enabled' : 'Disabled',
        })),
  };
}
