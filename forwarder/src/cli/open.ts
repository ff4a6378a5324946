import { SESv2Client } from '@aws-sdk/client-sesv2';
import { milliseconds } from '../../../schema/src/text/time.ts';
import { suppressionList } from '../aws/emailService.ts';
import { mailPath } from '../functions/mailPath.ts';
import { stageEnvironment } from './stage.ts';
import type { Terminal } from './terminal.ts';

/** There is time for the largest mail. */
const sendTimeout = milliseconds(60_000);

/** What the functions of the stage have, for a command; and a telemetry that speaks to the terminal. */
export async function openStage(stage: string | undefined, terminal: Terminal) {
  const environment = await stageEnvironment(
    stage ?? (terminal.environment.STAGE || 'production'),
    terminal.environment,
  );
  // The clients take the region from the process, as they do in a function.
  process.env.AWS_REGION = environment.AWS_REGION;
  const { ports, options: settings } = mailPath(environment, sendTimeout);
  const say = (message: string, fields: object) => terminal.note(`${message} ${JSON.stringify(fields)}\n`);
  const telemetry = { count: () => {}, gauge: () => {}, latency: () => {}, say, alarm: say };
  return { ports: { ...ports, telemetry }, settings, suppression: suppressionList(new SESv2Client({})) };
}
