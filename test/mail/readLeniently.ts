import { type AddressObject, type EmailAddress, simpleParser } from 'mailparser';
import { part, type Reader, type Reading } from './reading.ts';

/** A mail as mailparser reads it, which takes everything for a mail. */
export async function readLeniently(mail: Buffer): Promise<Reading> {
  const read = await simpleParser(mail, { skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true });
  return {
    from: readers(read.from),
    replyTo: readers(read.replyTo),
    to: readers(read.to),
    cc: readers(read.cc),
    subject: read.subject ?? '',
    parts: [
      part('text/plain', '', read.text ?? ''),
      part('text/html', '', read.html || ''),
      ...read.attachments.map(({ contentType, filename, content }) =>
        part(contentType, filename ?? '', content),
      ),
    ],
  };
}

function readers(list: AddressObject | AddressObject[] | undefined): Reader[] {
  return [list ?? []].flat().flatMap(({ value }) => value.flatMap(opened));
}

/** A group's members in its place. */
function opened({ name, address = '', group }: EmailAddress): Reader[] {
  return group === undefined ? [{ name, address }] : group.flatMap(opened);
}
