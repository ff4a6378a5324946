import { telemetry as createTelemetry } from '../ports/telemetry.ts';
import { createProcess } from './handlers/process.ts';
import { mailPath } from './mailPath.ts';

const { ports, options } = mailPath(process.env);
const telemetry = createTelemetry('process');
const receive = createProcess({ ...ports, telemetry }, options);

export const handler = async (event: unknown) => telemetry.publishing(() => receive(event));
