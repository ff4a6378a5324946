import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** Calls a function as an event: nobody waits for it, and Lambda repeats it when it fails. */
export function invocation(client: LambdaClient, name: string, event: object): () => Promise<void> {
  return async () => {
    const Payload = Buffer.from(JSON.stringify(event));
    await client.send(new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload }));
  };
}
