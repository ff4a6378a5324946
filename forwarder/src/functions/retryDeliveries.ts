import type { Context } from 'aws-lambda';
import { milliseconds } from '../../../schema/src/text/time.ts';
import { telemetry as createTelemetry } from '../aws/powertools.ts';
import { createRetryDeliveries } from './handlers/retryDeliveries.ts';
import { mailPath } from './mailPath.ts';

/** there is time for the largest mail. */
const sendTimeout = milliseconds(60_000);

const { ports, options } = mailPath(process.env, sendTimeout);
const telemetry = createTelemetry('retryDeliveries');
const retryDeliveries = createRetryDeliveries({ ...ports, telemetry }, options);

export const handler = async (event: unknown, context: Context) =>
  telemetry.publishing(() => retryDeliveries(event, context));
