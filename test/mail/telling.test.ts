import { expect, it } from 'vitest';
import { corpus } from './corpus/corpus.ts';
import { rewritten } from './rewritten.ts';

// Of each kind of mail one, as a recipient gets it: what changes in the rewriting shows in these files.

const telling: readonly (readonly [family: string, name: string])[] = [
  ['Outlook with Exchange Online', 'everything at once'],
  ['Outlook 2010', 'a name with a comma'],
  ['Gmail', 'an emoji in the subject'],
  ['Apple Mail', 'HTML with a picture'],
  ['iPhone', 'Japanese'],
  ['Thunderbird', 'an answer'],
  ['mutt', 'a name with quotes and a backslash'],
  ['an old webmail with raw bytes', 'Russian'],
  ['a program that writes raw UTF-8', 'everything at once'],
  ['nodemailer', 'attachments with odd names'],
  ['Python', 'Arabic'],
  ['PHPMailer', 'a French subject'],
  ['Lotus Notes', 'a German answer'],
  ['Evolution', 'thirty recipients'],
  ['Outlook.com on the web', 'an address of a service'],
  ['K-9 Mail', 'no name and no subject'],
  ['delivery reports', 'Postfix'],
  ['delivery reports', 'qmail, which has no type'],
  ['read receipts', 'an asked receipt'],
  ['answers of programs', 'vacation'],
  ['mailing lists', 'Mailman'],
  ['mailing lists', 'Google Groups'],
  ['newsletters', 'Amazon SES, twice'],
  ['newsletters', 'to undisclosed recipients'],
  ['scanners and printers', 'Konica, all in capitals'],
  ['scanners and printers', 'HP, without a Message-ID'],
  ['scripts', 'cron'],
  ['ticket systems and services', 'a payment'],
  ['invitations', 'Google, from its own address'],
  ['charsets', 'utf-8 in Q'],
  ['senders', 'a bare comma in the name'],
  ['senders', 'an international address'],
  ['recipients', 'an unusable one among others'],
  ['recipients', 'a blind copy'],
  ['headers', 'what another forwarder left'],
  ['types', 'a boundary alone'],
];

const samples = corpus();

it.each(telling)('sends on what came: %s, %s', async (family, name) => {
  const sample = samples.find((one) => one.family === family && one.name === name);
  const file = `${family} ${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  await expect(rewritten(sample?.bytes ?? Buffer.alloc(0)).toString()).toMatchFileSnapshot(
    `golden/${file}.eml`,
  );
});
