import { type Message, say } from '../messages/message.ts';
import type { Finding } from './diagnostic.ts';
import { isExampleDomain } from './exampleDomain.ts';
import { type Place, spanOf } from './source.ts';

/** A text as it is written somewhere. */
type Written = Place & { readonly text: string };

/** Something that the template has to be replaced. */
export function sample(place: Place, message: Message, help: Message): Finding {
  return { code: 'placeholder', severity: 'error', message, help, ...spanOf(place) };
}

/** That a domain, folded in `domain`, is one of the samples; nothing if it may be somebody's. */
export function sampleDomain(written: Written, domain: string, help: Message): Finding[] {
  if (!isExampleDomain(domain)) return [];
  const message = say(
    '`{domain}` is a sample of the template: that domain is kept for examples, and gets no mail.',
    { domain: written.text },
  );
  return [sample(written, message, help)];
}

/** The same of an address, whose domain is `domain`. */
export function sampleMailbox(written: Written, domain: string, help: Message): Finding[] {
  if (!isExampleDomain(domain)) return [];
  const message = say('`{address}` is a sample of the template: nobody has a mailbox at {domain}.', {
    address: written.text,
    domain,
  });
  return [sample(written, message, help)];
}
