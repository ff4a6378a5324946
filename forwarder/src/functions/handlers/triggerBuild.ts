import type { DynamoDBStreamEvent } from 'aws-lambda';
import { isBookkeeping } from '../../../../schema/src/records.ts';
import type { Telemetry } from '../../delivery/telemetry.ts';

export interface TriggerPorts {
  /** Starts a build and does not wait for it. */
  readonly build: { start(): Promise<void> };
  readonly telemetry: Telemetry;
}

/** The streams of Definitions and Domains: one build a batch, unless it is all bookkeeping of our own. */
export function createTriggerBuild({ build, telemetry }: TriggerPorts) {
  return async (event: DynamoDBStreamEvent): Promise<void> => {
    const changes = event.Records.filter(
      ({ dynamodb }) => !isBookkeeping(dynamodb?.Keys?.domain?.S ?? ''),
    ).length;
    if (changes === 0) return;
    await build.start();
    telemetry.say('build started', { changes });
  };
}
