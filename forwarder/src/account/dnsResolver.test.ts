import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dnsResolver } from './dnsResolver.ts';

let server: Socket;
/** The code of the next answers; undefined for none. */
let code: number | undefined;

beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (query, { port }) => {
    if (code === undefined) return;
    const answer = Buffer.from(query);
    answer.writeUInt16BE(0x8180 | code, 2);
    server.send(answer, port, '127.0.0.1');
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(() => {
  server.close();
});

const resolver = () => dnsResolver(`127.0.0.1:${server.address().port}`, 50);

it.each([
  [2, 'the name server answers with SERVFAIL'],
  [5, 'the name server refuses to answer'],
  [undefined, 'the name server does not answer in time'],
  [4, 'the name server cannot be asked (ENOTIMP)'],
])('says why there is no answer: code %s', async (next, why) => {
  code = next;
  expect(await resolver().mx('example.com')).toEqual({ fault: `${why}: MX example.com` });
  expect(await resolver().exists('inbound.example')).toEqual({ fault: `${why}: A inbound.example` });
});

it.each([
  [0, 'has no such records'],
  [3, 'is not there'],
])('finds nothing where a name answers with code %s: it %s', async (next) => {
  code = next;
  expect(await resolver().txt('example.com')).toEqual({ found: [] });
  expect(await resolver().cname('example.com')).toEqual({ found: [] });
  expect(await resolver().exists('example.com')).toEqual({ found: false });
});
