import { expect, it } from 'vitest';
import { answerPage, type Outbox } from './outbox.ts';

const file = '20310102T030405000Z-00001-ann@mailbox.example.eml';
const outbox: Outbox = {
  deliver: () => Promise.resolve(),
  list: () =>
    Promise.resolve([
      {
        file,
        messageId: 'id',
        kind: 'mail',
        from: '<script>',
        to: 'ann@mailbox.example',
        sentAt: '2031-01-02',
      },
    ]),
  read: () => Promise.resolve(Buffer.from('<script>')),
};

const ask = (path: string, host = '127.0.0.1:8025') =>
  answerPage(
    outbox,
    {
      method: 'GET',
      path,
      query: new URLSearchParams(),
      headers: host === '' ? {} : { host },
      body: Buffer.alloc(0),
    },
    async () => 'Mail <waits>.',
  );

it('lists what left, with everything escaped', async () => {
  const { body } = await ask('/');
  expect(String(body)).toContain('ann@mailbox.example');
  expect(String(body)).not.toContain('<script>');
});

it('says what holds mail back', async () => {
  expect(String((await ask('/')).body)).toContain('Mail &#60;waits&#62;.');
});

it('shows a mail as text', async () => {
  const { status, headers } = await ask(`/mail/${encodeURIComponent(file)}`);
  expect([status, headers?.['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
});

it.each(['/mail/..%2f..%2fetc%2fpasswd', '/mail/other.eml', '/else'])('has no %s', async (path) => {
  expect((await ask(path)).status).toBe(404);
});

it.each(['127.0.0.1', '127.0.0.1:8025', 'localhost:8025', 'LOCALHOST', '[::1]:8025'])(
  'answers on this machine, called %s',
  async (host) => {
    expect((await ask('/', host)).status).toBe(200);
  },
);

it.each([
  '',
  'evil.example',
  'evil.example:8025',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'localhost:x',
])('shows nothing to a page that reached it as %j', async (host) => {
  for (const path of ['/', `/mail/${encodeURIComponent(file)}`]) {
    const { status, body } = await ask(path, host);
    expect(status).toBe(421);
    expect(String(body)).not.toContain('ann@');
  }
});
