import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { letter, type Scene } from './scene.ts';

const sender = 'ann@sender.example';
const dead = 'bounce@simulator.amazonses.com';

export async function bounceHard(scene: Scene): Promise<void> {
  const { narrator, send, system, until } = scene;
  narrator.step('Mail newsletter@example.com: one of its two mailboxes does not exist');
  await send(letter(sender, ['newsletter@example.com'], 'First issue'));
  narrator.check(system.ses.taken(dead) === 1, `SES took the mail to ${dead}`);
  narrator.check(
    await until(() => isBlocked(scene), 15),
    'the bounce came back through SNS, and the destination is blocked',
  );
  const sent = await send(letter(sender, ['newsletter@example.com'], 'Second issue'));
  narrator.check(
    sent.map(({ to }) => to).join() === 'jane.roe@mailbox.example' && system.ses.taken(dead) === 1,
    'the next mail goes to the other mailbox alone',
  );
}

async function isBlocked({ system }: Scene): Promise<boolean> {
  const { Items = [] } = await system.dynamodb.send(
    new QueryCommand({
      TableName: system.environment.ALIASES_TABLE,
      KeyConditionExpression: '#alias = :alias',
      ExpressionAttributeNames: { '#alias': 'alias' },
      ExpressionAttributeValues: { ':alias': { S: 'newsletter@example.com' } },
    }),
  );
  return Items.some((row) => row.destination?.S === dead && Number(row.bounces?.N ?? 0) > 0);
}

export async function retryLater({ narrator, send, during, system }: Scene): Promise<void> {
  narrator.step('Mail li.wei@example.com while SES takes no mail for that mailbox');
  const mailbox = 'li.wei@mailbox.example';
  const lift = system.ses.fail({ destination: mailbox, error: 'TooManyRequestsException' });
  const failed = await send(letter(sender, ['li.wei@example.com'], 'Please wait'));
  narrator.check(failed.length === 0, 'it is not delivered, and the sender is not told that it failed');
  lift();
  const retry = system.lambda.named('retryDeliveries');
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const retried = await during(() => system.schedules.fire(retry, at(10)));
  narrator.check(
    retried.map(({ to }) => to).join() === mailbox,
    "ten minutes later, by the scheduler's time, it is delivered",
  );
  const again = await during(() => system.schedules.fire(retry, at(20)));
  narrator.check(again.length === 0, 'and it is delivered once');
}
