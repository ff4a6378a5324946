import type { Context } from 'aws-lambda';
import { telemetry as createTelemetry } from '../ports/telemetry.ts';
import { createRetryDeliveries } from './handlers/retryDeliveries.ts';
import { mailPath } from './mailPath.ts';

const { ports, options } = mailPath(process.env);
const telemetry = createTelemetry('retryDeliveries');
const retryDeliveries = createRetryDeliveries({ ...ports, telemetry }, options);

export const handler = async (event: unknown, context: Context) =>
  telemetry.publishing(() => retryDeliveries(event, context));
