import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type MarkWriter, type SyncMark, syncKey } from '../sync/syncMark.ts';
import { faultOf } from './passing.ts';
import { type Clock, retry } from './retry.ts';

/** Sets `#sync` if it still is as it was read, so that of two runs at once only one goes on. */
export function markWriter(client: DynamoDBDocumentClient, domainsTable: string, clock: Clock): MarkWriter {
  return {
    async set(next, previous) {
      const command = new PutCommand({
        TableName: domainsTable,
        Item: { domain: syncKey, ...next },
        ...conditionOn(previous, next),
      });
      try {
        await retry(() => client.send(command), clock);
        return true;
      } catch (error) {
        if (faultOf(error) === 'condition') return false;
        throw error;
      }
    },
  };
}

/** As it was read, or as this very write leaves it: its answer may have been lost before a repeat. */
function conditionOn(previous: SyncMark | undefined, next: SyncMark): Record<string, unknown> {
  const same = (name: string): string =>
    `#commit = :${name}Commit AND #state = :${name}State AND #run = :${name}Run AND #at = :${name}At`;
  const values = (name: string, mark: SyncMark): Record<string, unknown> => ({
    [`:${name}Commit`]: mark.commit,
    [`:${name}State`]: mark.state,
    [`:${name}Run`]: mark.run,
    [`:${name}At`]: mark.at,
  });
  const before = previous === undefined ? 'attribute_not_exists(#commit)' : same('previous');
  return {
    ConditionExpression: `(${before}) OR (${same('next')})`,
    ExpressionAttributeNames: { '#commit': 'commit', '#state': 'state', '#run': 'run', '#at': 'at' },
    ExpressionAttributeValues: {
      ...(previous === undefined ? {} : values('previous', previous)),
      ...values('next', next),
    },
  };
}
