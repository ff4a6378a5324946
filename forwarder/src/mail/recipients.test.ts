import { expect, it } from 'vitest';
import { joinAddress } from '../../../schema/src/text/address.ts';
import { deliveriesOf } from './recipients.ts';

it('names each destination once, for the first recipient that leads there', () => {
  const [first, second] = [joinAddress('info', 'example.com'), joinAddress('board', 'example.com')];
  const [ann, bob] = [joinAddress('ann', 'a.example'), joinAddress('bob', 'b.example')];
  const routes = [
    { recipient: 'info@example.net', alias: first, destinations: [ann] },
    { recipient: 'board@example.com', alias: second, destinations: [ann, bob] },
  ];
  expect(deliveriesOf(routes)).toEqual([
    { destination: ann, alias: first, recipient: 'info@example.net' },
    { destination: bob, alias: second, recipient: 'board@example.com' },
  ]);
});
