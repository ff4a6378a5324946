import { family } from './sample.ts';

interface Written {
  readonly charset: string;
  readonly text: string;
  /** The text's bytes in that charset, in hexadecimal. */
  readonly bytes: string;
}

/** A word in each charset that mails are written in. */
export const writings: readonly Written[] = [
  { charset: 'utf-8', text: 'Grüße', bytes: '4772c3bcc39f65' },
  { charset: 'iso-8859-1', text: 'Grüße', bytes: '4772fcdf65' },
  { charset: 'iso-8859-2', text: 'Żółw', bytes: 'aff3b377' },
  { charset: 'iso-8859-5', text: 'Привет', bytes: 'bfe0d8d2d5e2' },
  { charset: 'iso-8859-7', text: 'Γειά', bytes: 'c3e5e9dc' },
  { charset: 'iso-8859-8', text: 'שלום', bytes: 'f9ece5ed' },
  { charset: 'iso-8859-9', text: 'Şeker', bytes: 'de656b6572' },
  { charset: 'iso-8859-15', text: '10 €', bytes: '313020a4' },
  { charset: 'windows-1250', text: 'Łódź', bytes: 'a3f3649f' },
  { charset: 'windows-1251', text: 'Привет', bytes: 'cff0e8e2e5f2' },
  { charset: 'windows-1252', text: '“10 €”', bytes: '933130208094' },
  { charset: 'windows-1253', text: 'Γειά', bytes: 'c3e5e9dc' },
  { charset: 'windows-1255', text: 'שלום', bytes: 'f9ece5ed' },
  { charset: 'windows-1256', text: 'سلام', bytes: 'd3e1c7e3' },
  { charset: 'koi8-r', text: 'Привет', bytes: 'f0d2c9d7c5d4' },
  { charset: 'koi8-u', text: 'Київ', bytes: 'ebc9a7d7' },
  { charset: 'iso-2022-jp', text: 'こんにちは', bytes: '1b244224332473244b2441244f1b2842' },
  { charset: 'shift_jis', text: 'こんにちは', bytes: '82b182f182c982bf82cd' },
  { charset: 'euc-jp', text: 'こんにちは', bytes: 'a4b3a4f3a4cba4c1a4cf' },
  { charset: 'gb2312', text: '你好', bytes: 'c4e3bac3' },
  { charset: 'gbk', text: '你好', bytes: 'c4e3bac3' },
  { charset: 'gb18030', text: '你好', bytes: 'c4e3bac3' },
  { charset: 'big5', text: '你好', bytes: 'a741a66e' },
  { charset: 'euc-kr', text: '안녕', bytes: 'bec8b3e7' },
  { charset: 'ks_c_5601-1987', text: '안녕', bytes: 'bec8b3e7' },
  { charset: 'tis-620', text: 'สวัสดี', bytes: 'cac7d1cab4d5' },
];

/** A subject, a name and a body in each charset, in the encoding that its programs use. */
export const charsets = family(
  'charsets',
  Object.fromEntries(
    writings.flatMap(({ charset, bytes }) => {
      const raw = Buffer.from(bytes, 'hex');
      const b = `=?${charset}?B?${raw.toString('base64')}?=`;
      const q = `=?${charset.toUpperCase()}?Q?${bytes.replace(/../g, '=$&').toUpperCase()}?=`;
      const mail = (name: string, subject: string) => `From: ${name} <ann@sender.example>
To: ${name} <info@example.com>
Subject: ${subject}
MIME-Version: 1.0
Content-Type: text/plain; charset=${charset}
Content-Transfer-Encoding: 8bit

${raw.toString('latin1')}
`;
      return [
        [`${charset} in B`, mail(b, `Re: ${b}`)],
        [`${charset} in Q`, mail(q, `${q}\n ${q} and ${b}`)],
      ];
    }),
  ),
  'latin1',
);
