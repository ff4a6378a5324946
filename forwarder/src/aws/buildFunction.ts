import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** The function that builds, started as an event: nobody waits for it, and Lambda repeats it when it fails. */
export function buildFunction(client: LambdaClient, name: string): { start(): Promise<void> } {
  return {
    async start() {
      await client.send(
        new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload: Buffer.from('{}') }),
      );
    },
  };
}
