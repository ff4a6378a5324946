import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is known of a mail that left, besides its bytes. */
interface Envelope {
  /** SES's id of the message. */
  readonly messageId: string;
  /** `mail`: sent by a function; `bounce`: a delivery report, by SendBounce or a bounce action. */
  readonly kind: 'mail' | 'bounce';
  /** The envelope sender. */
  readonly from: string;
  /** The one mailbox that this copy went to. */
  readonly to: string;
  /** ISO 8601. */
  readonly sentAt: string;
}

export interface Sent extends Envelope {
  /** The name of its file in the outbox. */
  readonly file: string;
}

/** The mailboxes of the world: a folder with an `.eml` file for each copy, and its envelope in a `.json` beside it. */
export interface Outbox {
  deliver(envelope: Envelope, raw: Buffer): Promise<void>;
  /** In the order in which they were sent. */
  list(): Promise<readonly Sent[]>;
  read(file: string): Promise<Buffer>;
}

export async function openOutbox(folder: string): Promise<Outbox> {
  await mkdir(folder, { recursive: true });
  let count = 0;
  return {
    deliver: async (envelope, raw) => {
      count += 1;
      const name = [stamp(envelope.sentAt), String(count).padStart(5, '0'), safe(envelope.to)].join('-');
      await writeFile(join(folder, `${name}.json`), `${JSON.stringify(envelope, null, 2)}\n`);
      // Under another name until it is whole: who lists the folder sees no half of a mail.
      await writeFile(join(folder, `${name}.part`), raw);
      await rename(join(folder, `${name}.part`), join(folder, `${name}.eml`));
    },
    list: async () => {
      const files = (await readdir(folder)).filter((file) => file.endsWith('.eml')).sort();
      return Promise.all(files.map((file) => describe(folder, file)));
    },
    read: (file) => readFile(join(folder, file)),
  };
}

async function describe(folder: string, file: string): Promise<Sent> {
  const envelope = await readFile(join(folder, file.replace(/\.eml$/, '.json')), 'utf8');
  return { ...(JSON.parse(envelope) as Envelope), file };
}

function stamp(iso: string): string {
  return iso.replace(/[-:]/g, '').replace(/\.(\d+)Z$/, '$1Z');
}

/** An address as part of a file name, whatever it holds. */
function safe(address: string): string {
  return address.replace(/[^A-Za-z0-9@._+-]/g, '_').slice(0, 100);
}
