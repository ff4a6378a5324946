import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface Zone {
  readonly mx?: Readonly<Record<string, readonly string[]>>;
  readonly txt?: Readonly<Record<string, readonly string[]>>;
  readonly cname?: Readonly<Record<string, readonly string[]>>;
  readonly a?: Readonly<Record<string, readonly string[]>>;
  /** Names about which the server answers SERVFAIL. */
  readonly failing?: readonly string[];
}

export interface DnsServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** What is answered from now on. */
  serve(zone: Zone): void;
  stop(): Promise<void>;
}

/** A name server on loopback (RFC 1035, UDP, no compression): A, MX, TXT and CNAME records of one zone. */
export async function startDnsServer(): Promise<DnsServer> {
  let zone: Zone = {};
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    socket.send(answer(query, zone), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    serve: (next) => {
      zone = next;
    },
    stop: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

const types = {
  1: { of: 'a', data: (value: string) => Buffer.from(value.split('.').map(Number)) },
  5: { of: 'cname', data: encodeName },
  15: { of: 'mx', data: (value: string) => Buffer.concat([Buffer.from([0, 10]), encodeName(value)]) },
  16: {
    of: 'txt',
    data: (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]),
  },
} as const;

function answer(query: Buffer, zone: Zone): Buffer {
  const { name, end } = readName(query);
  const type = query.readUInt16BE(end);
  const record = types[type as keyof typeof types];
  const isFailing = zone.failing?.includes(name) === true;
  const values = record === undefined || isFailing ? [] : (zone[record.of]?.[name] ?? []);
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  // A response, authoritative; a name without records is one that is not there.
  const code = isFailing ? 2 : values.length > 0 ? 0 : 3;
  header.writeUInt16BE(0x8580 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(values.length, 6);
  const answers = values.map((value) => {
    const data = record?.data(value) ?? Buffer.alloc(0);
    const fixed = Buffer.alloc(10);
    fixed.writeUInt16BE(type, 0);
    fixed.writeUInt16BE(1, 2);
    fixed.writeUInt16BE(data.length, 8);
    return Buffer.concat([encodeName(name), fixed, data]);
  });
  return Buffer.concat([header, query.subarray(12, end + 4), ...answers]);
}

function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
