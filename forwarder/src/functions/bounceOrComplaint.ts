import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SNSEvent } from 'aws-lambda';
import { bouncesTable } from '../aws/bouncesTable.ts';
import { documents } from '../aws/documents.ts';
import { ledgerTable } from '../aws/ledgerTable.ts';
import { telemetry as createTelemetry } from '../aws/powertools.ts';
import { clock, quick } from './clients.ts';
import { createBounceOrComplaint } from './handlers/bounceOrComplaint.ts';
import { required, senderNames } from './settings.ts';

const settings = required(process.env, 'BOUNCES_TABLE', 'DELIVERIES_TABLE');
const client = documents(new DynamoDBClient(quick));
const telemetry = createTelemetry('bounceOrComplaint');
const bounceOrComplaint = createBounceOrComplaint({
  bounces: bouncesTable(client, settings.BOUNCES_TABLE),
  ledger: ledgerTable(client, settings.DELIVERIES_TABLE),
  telemetry,
  clock,
  pause,
  senderLocalPart: senderNames(process.env).senderLocalPart,
});

export const handler = async (event: SNSEvent) => telemetry.publishing(() => bounceOrComplaint(event));
