import { LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { invocation } from '../aws/invocation.ts';
import { telemetry as createTelemetry } from '../aws/powertools.ts';
import { quick } from './clients.ts';
import { createTriggerBuild } from './handlers/triggerBuild.ts';
import { required } from './settings.ts';

const settings = required(process.env, 'BUILD_FORWARDS_FUNCTION');
const telemetry = createTelemetry('triggerBuild');
const triggerBuild = createTriggerBuild({
  build: { start: invocation(new LambdaClient(quick), settings.BUILD_FORWARDS_FUNCTION, {}) },
  telemetry,
});

export const handler = async (event: DynamoDBStreamEvent) => telemetry.publishing(() => triggerBuild(event));
