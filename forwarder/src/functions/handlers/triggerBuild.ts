import type { AttributeValue, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { gateKey } from '../../../../schema/src/records/gate.ts';
import { canonicalJson, isBookkeeping } from '../../../../schema/src/records/records.ts';
import type { Telemetry } from '../../delivery/telemetry.ts';

export interface TriggerPorts {
  /** Starts a build and does not wait for it. */
  readonly build: { start(): Promise<void> };
  readonly telemetry: Telemetry;
}

/** The streams of Definitions and Domains: one build per batch, unless nothing in it changes what a build reads. */
export function createTriggerBuild({ build, telemetry }: TriggerPorts) {
  return async (event: DynamoDBStreamEvent): Promise<void> => {
    const changes = event.Records.filter(matters).length;
    if (changes === 0) return;
    await build.start();
    telemetry.say('build started', { changes });
  };
}

/**
 * The lease is a build's own, and so is `live`. Of the gate's states only the closed one is worth a build: while it is
 * open none would publish.
 */
function matters({ dynamodb }: DynamoDBRecord): boolean {
  const domain = dynamodb?.Keys?.domain?.S ?? '';
  const { OldImage, NewImage } = dynamodb ?? {};
  if (domain === gateKey) return NewImage?.state?.S !== 'open';
  if (isBookkeeping(domain)) return false;
  // A stream without images says only that something changed.
  if (OldImage === undefined && NewImage === undefined) return true;
  return canonicalJson(withoutLive(OldImage)) !== canonicalJson(withoutLive(NewImage));
}

type Image = Readonly<Record<string, AttributeValue>>;

/** A row that only carries `live` is as good as none. */
function withoutLive(image: Image | undefined): Image {
  if (image === undefined || image.liveOnly?.BOOL === true) return {};
  const { live: _, ...rest } = image;
  return rest;
}
