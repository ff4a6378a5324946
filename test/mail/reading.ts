import { createHash } from 'node:crypto';

/** What somebody reads in a mail. */
export interface Reading {
  readonly from: readonly Reader[];
  readonly replyTo: readonly Reader[];
  readonly to: readonly Reader[];
  readonly cc: readonly Reader[];
  readonly subject: string;
  /** Each as its type, its file name and a hash of its bytes. */
  readonly parts: readonly string[];
}

/** Who writes or reads. */
export interface Reader {
  readonly name: string;
  readonly address: string;
}

export function part(type: string, name: string, content: Uint8Array | string): string {
  return `${type.toLowerCase()} ${name} ${createHash('sha1').update(content).digest('base64')}`;
}
