import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documents } from '../aws/documents.ts';
import { telemetry as createTelemetry } from '../aws/powertools.ts';
import { rejectionsTable } from '../aws/rejectionsTable.ts';
import { publishedDomains } from '../aws/routingTables.ts';
import { clock, quick } from './clients.ts';
import { createSpam } from './handlers/spam.ts';
import { required } from './settings.ts';

const settings = required(process.env, 'DOMAINS_TABLE', 'DELIVERIES_TABLE');
const client = documents(new DynamoDBClient(quick));
const telemetry = createTelemetry('spam');
const spam = createSpam({
  domains: publishedDomains(client, settings.DOMAINS_TABLE),
  rejections: rejectionsTable(client, settings.DELIVERIES_TABLE),
  telemetry,
  clock,
});

export const handler = async (event: unknown) => telemetry.publishing(() => spam(event));
