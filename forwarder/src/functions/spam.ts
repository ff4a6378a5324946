import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { documents } from '../aws/documents.ts';
import { telemetry as createTelemetry } from '../aws/powertools.ts';
import { publishedDomains } from '../aws/routingTables.ts';
import { quick } from './clients.ts';
import { createSpam } from './handlers/spam.ts';
import { required } from './settings.ts';

const settings = required(process.env, 'DOMAINS_TABLE');
const telemetry = createTelemetry('spam');
const spam = createSpam({
  domains: publishedDomains(documents(new DynamoDBClient(quick)), settings.DOMAINS_TABLE),
  telemetry,
});

export const handler = async (event: unknown) => telemetry.publishing(() => spam(event));
