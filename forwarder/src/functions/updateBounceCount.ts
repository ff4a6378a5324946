import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { defaults } from '../../../schema/src/stage/stage.ts';
import { bouncesTable } from '../aws/bouncesTable.ts';
import { aliasesTable } from '../aws/buildTables.ts';
import { documents } from '../aws/documents.ts';
import { telemetry as createTelemetry } from '../aws/powertools.ts';
import { clock, quick } from './clients.ts';
import { createUpdateBounceCount } from './handlers/updateBounceCount.ts';
import { limit, required } from './settings.ts';

const settings = required(process.env, 'ALIASES_TABLE', 'BOUNCES_TABLE');
const client = documents(new DynamoDBClient(quick));
const telemetry = createTelemetry('updateBounceCount');
const updateBounceCount = createUpdateBounceCount(
  {
    aliases: aliasesTable(client, settings.ALIASES_TABLE),
    bounces: bouncesTable(client, settings.BOUNCES_TABLE),
    telemetry,
    clock,
  },
  { softBounceLimit: limit(process.env, 'SOFT_BOUNCE_LIMIT', defaults.limits.softBounces) },
);

export const handler = async (event: DynamoDBStreamEvent) =>
  telemetry.publishing(() => updateBounceCount(event));
