import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { Place } from '../template/names.ts';

/** A stream record as a Lambda function gets it. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly SequenceNumber: string };
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
}

/** Turns what the SDK reads from a stream into the JSON of a Lambda event: times in epoch seconds, bytes in base64. */
export function streamRecord(record: _Record, place: Place, table: string): StreamRecord {
  const { ApproximateCreationDateTime: at, SequenceNumber, ...images } = record.dynamodb ?? {};
  const identity = record.userIdentity;
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? '',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: place.region,
    eventSourceARN: `arn:aws:dynamodb:${place.region}:${place.account}:table/${table}/stream/local`,
    dynamodb: {
      ...(encodeBytes(images) as Record<string, unknown>),
      ...(at && { ApproximateCreationDateTime: Math.floor(at.getTime() / 1000) }),
      SequenceNumber: SequenceNumber ?? '',
    },
    ...(identity && {
      userIdentity: { type: identity.Type ?? '', principalId: identity.PrincipalId ?? '' },
    }),
  };
}

function encodeBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(encodeBytes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encodeBytes(inner)]));
}
