import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { defaults } from '../../../schema/src/stage/stage.ts';
import { bouncesTable } from '../aws/bouncesTable.ts';
import { buildLease } from '../aws/builds.ts';
import { aliasesTable, definitionsTable, domainsTable } from '../aws/buildTables.ts';
import { documents } from '../aws/documents.ts';
import { telemetry as createTelemetry } from '../aws/powertools.ts';
import { clock, quick } from './clients.ts';
import { createBuildForwards } from './handlers/buildForwards.ts';
import { limit, required } from './settings.ts';

const settings = required(
  process.env,
  'DEFINITIONS_TABLE',
  'DOMAINS_TABLE',
  'ALIASES_TABLE',
  'BOUNCES_TABLE',
);
const client = documents(new DynamoDBClient(quick));
const telemetry = createTelemetry('buildForwards');
const buildForwards = createBuildForwards(
  {
    tables: {
      definitions: definitionsTable(client, settings.DEFINITIONS_TABLE),
      domains: domainsTable(client, settings.DOMAINS_TABLE),
      aliases: aliasesTable(client, settings.ALIASES_TABLE),
      bounces: bouncesTable(client, settings.BOUNCES_TABLE),
    },
    lease: buildLease(client, settings.DOMAINS_TABLE),
    telemetry,
    clock,
    newHolder: randomUUID,
  },
  { softBounceLimit: limit(process.env, 'SOFT_BOUNCE_LIMIT', defaults.limits.softBounces) },
);

export const handler = async (event: unknown) => telemetry.publishing(() => buildForwards(event));
