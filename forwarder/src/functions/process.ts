import { milliseconds } from '../../../schema/src/text/time.ts';
import { telemetry as createTelemetry } from '../aws/powertools.ts';
import { createProcess } from './handlers/process.ts';
import { mailPath } from './mailPath.ts';

/** a send that begins at the last moment still ends before SES stops waiting. */
const sendTimeout = milliseconds(9_000);

const { ports, options } = mailPath(process.env, sendTimeout);
const telemetry = createTelemetry('process');
const receive = createProcess({ ...ports, telemetry }, options);

export const handler = async (event: unknown) => telemetry.publishing(() => receive(event));
