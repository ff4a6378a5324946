import { once } from 'node:events';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { headerBlock } from '../ses/refuse.ts';
import type { ReceivedMails } from '../ses/sendBounce.ts';
import type { Place } from '../template/resourceNames.ts';
import { accept, type Handover } from './inboundMail.ts';
import { type Receipt, walkRules } from './receipt.ts';

/** Where mail comes in. */
interface Door {
  readonly port: number;
  stop(): Promise<void>;
}

interface DoorOptions {
  /** 0 for a free one. */
  readonly port: number;
  /** Whether SES takes mail for this recipient. */
  takes(recipient: string): Promise<boolean>;
  /** Takes a mail over. The client hears of it at once: SES walks its rules after it has accepted a mail. */
  accept(handover: Handover): void;
}

/** 40 MB: https://docs.aws.amazon.com/ses/latest/dg/quotas.html. */
const messageLimit = 40 * 1024 * 1024;

/** Opens an SMTP server on 127.0.0.1 in the place of SES's. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const server = new SMTPServer({
    banner: 'aliasops local',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: messageLimit,
    onRcptTo: (address, _session, done) => {
      options.takes(address.address).then(
        (takes) => done(takes ? null : reply(550, '5.1.1 no such domain here')),
        (error: unknown) => done(reply(451, `4.3.0 ${String(error)}`)),
      );
    },
    onData: (stream, session, done) => {
      read(stream).then(
        (raw) => {
          if (stream.sizeExceeded) return done(reply(552, '5.3.4 message too big'));
          options.accept(handoverOf(session, raw));
          done(null, 'accepted');
        },
        (error: unknown) => done(reply(451, `4.3.0 ${String(error)}`)),
      );
    },
  });
  // A client that hangs up is no fault of the door's.
  server.on('error', () => {});
  const listener = server.listen(options.port, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the SMTP server has no port');
  return { port: address.port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function read(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function handoverOf(session: SMTPServerSession, raw: Buffer): Handover {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    source: mailFrom === false ? '' : mailFrom.address,
    recipients: rcptTo.map(({ address }) => address),
    client: `${session.hostNameAppearsAs || 'unknown'} (${session.remoteAddress})`,
    raw,
  };
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Takes mail over from the door and walks it through the rules. */
interface Intake {
  take(handover: Handover): void;
  /** Resolves when every mail taken has been through the rules. */
  idle(): Promise<void>;
}

export function startIntake(
  receipt: Receipt,
  received: ReceivedMails,
  place: Place,
  log: (line: string) => void,
): Intake {
  const walking = new Set<Promise<void>>();
  return {
    take: (handover) => {
      const mail = accept(handover, place);
      const { messageId, source, receivedAt, raw } = mail;
      received.add({ messageId, source, receivedAt, header: raw.subarray(0, headerBlock(raw).bodyStart) });
      const walk = walkRules(receipt, mail)
        .catch((error: unknown) => log(`${messageId}: ${String(error)}`))
        .finally(() => walking.delete(walk));
      walking.add(walk);
    },
    idle: async () => {
      while (walking.size > 0) await Promise.all(walking);
    },
  };
}
