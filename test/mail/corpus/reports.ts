import { family } from './sample.ts';

const base = `Received: from mx.sender.example by inbound-smtp.example; Tue, 3 Nov 2026 09:00:00 +0000
Date: Tue, 3 Nov 2026 10:00:00 +0100
To: info@example.com
Message-ID: <report.1@mx.sender.example>
MIME-Version: 1.0
`;

const original = `From: info@example.com
To: nobody@sender.example
Subject: Hello
Message-ID: <out.1@example.com>
`;

function report(
  from: string,
  subject: string,
  type: string,
  text: string,
  status: string,
  rest = '',
): string {
  return `Return-Path: <>
${base}From: ${from}
Subject: ${subject}
${rest}Content-Type: multipart/report; report-type=${type};
\tboundary="B1.0123/mx.sender.example"

This is a MIME-encapsulated message.

--B1.0123/mx.sender.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

${text}

--B1.0123/mx.sender.example
Content-Type: message/${type}

${status}

--B1.0123/mx.sender.example
Content-Type: text/rfc822-headers

${original}
--B1.0123/mx.sender.example--
`;
}

const failed = `Reporting-MTA: dns; mx.sender.example
Arrival-Date: Tue,  3 Nov 2026 09:00:00 +0000 (UTC)

Final-Recipient: rfc822; nobody@sender.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user`;

/** Delivery reports, read receipts and answers of programs, as their programs write them. */
export const reports = [
  ...family('delivery reports', {
    Postfix: report(
      'MAILER-DAEMON@mx.sender.example (Mail Delivery System)',
      'Undelivered Mail Returned to Sender',
      'delivery-status',
      'I could not deliver your message.',
      failed,
      'Auto-Submitted: auto-replied\n',
    ),
    Exchange: report(
      '<postmaster@corp.example>',
      'Undeliverable: Hello',
      'delivery-status',
      'Delivery has failed to these recipients.',
      failed,
      'X-MS-Exchange-Message-Is-Ndr:\nContent-Language: en-US\n',
    ),
    'Sendmail, delayed': report(
      'Mail Delivery Subsystem <MAILER-DAEMON@mx.sender.example>',
      'Warning: could not send message for past 4 hours',
      'delivery-status',
      'This is a warning message only.',
      failed.replace('failed', 'delayed').replace('5.1.1', '4.4.1'),
      'Auto-Submitted: auto-generated (warning-timeout)\n',
    ),
    'Gmail’s': report(
      'Mail Delivery Subsystem <mailer-daemon@googlemail.example>',
      'Delivery Status Notification (Failure)',
      'delivery-status',
      '** Address not found **',
      failed,
      'X-Failed-Recipients: nobody@sender.example\nAuto-Submitted: auto-replied\nReferences: <out.1@example.com>\n',
    ),
    'with an international address': report(
      'Mail Delivery System <MAILER-DAEMON@mx.sender.example>',
      'Undelivered Mail Returned to Sender',
      'delivery-status',
      'I could not deliver your message.',
      failed.replace('rfc822; nobody', 'utf-8; jos\\x{E9}'),
    ),
    'qmail, which has no type': `Return-Path: <>
Received: (qmail 1234 invoked for bounce); 3 Nov 2026 09:00:00 -0000
Date: 3 Nov 2026 09:00:00 -0000
From: MAILER-DAEMON@mx.sender.example
To: info@example.com
Subject: failure notice

Hi. This is the qmail-send program at mx.sender.example.

<nobody@sender.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

${original}`,
    'Exim, with the failed recipient in the header': `Return-path: <>
X-Failed-Recipients: nobody@sender.example
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.sender.example>
${base}Subject: Mail delivery failed: returning message to sender
Content-Type: text/plain; charset=us-ascii

This message was created automatically by mail delivery software.
`,
    'a success report': report(
      'Mail Delivery System <MAILER-DAEMON@mx.sender.example>',
      'Successful Mail Delivery Report',
      'delivery-status',
      'Your message was delivered.',
      failed.replace('failed', 'relayed').replaceAll('5.1.1', '2.0.0'),
    ),
  }),
  ...family('read receipts', {
    Outlook: report(
      '"Lee, Ann" <ann@sender.example>',
      'Read: Hello',
      'disposition-notification',
      'Your message was read on Tuesday.',
      'Final-recipient: RFC822; ann@sender.example\nDisposition: automatic-action/MDN-sent-automatically; displayed',
      'X-MS-TNEF-Correlator:\n',
    ),
    'Thunderbird, in French': report(
      'Éloïse Lefèvre <eloise@ecole.example>',
      '=?UTF-8?Q?Accus=C3=A9_de_r=C3=A9ception_=28affich=C3=A9=29_-_Bonjour?=',
      'disposition-notification',
      'Ceci est un accuse de reception.',
      'Reporting-UA: Thunderbird\nFinal-Recipient: rfc822;eloise@ecole.example\nDisposition: manual-action/MDN-sent-manually; displayed',
      'In-Reply-To: <out.1@example.com>\n',
    ),
    'an asked receipt': `${base}From: Ann Lee <ann@sender.example>
Disposition-Notification-To: Ann Lee <ann@sender.example>
Return-Receipt-To: ann@sender.example
X-Confirm-Reading-To: ann@sender.example
Read-Receipt-To: ann@sender.example
Subject: Please confirm
Content-Type: text/plain

Did you read this?
`,
  }),
  ...family('answers of programs', {
    'Outlook, out of office': `${base}From: "Lee, Ann" <ann@sender.example>
Subject: Automatic reply: Hello
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
In-Reply-To: <out.1@example.com>
Content-Type: text/plain; charset="us-ascii"

I am out of office.
`,
    'Outlook, in German': `${base}From: =?iso-8859-1?Q?J=F6rg_M=FCller?= <joerg@verein.example>
Subject: =?iso-8859-1?Q?Automatische_Antwort=3A_Gr=FC=DFe?=
Auto-Submitted: auto-generated
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Ich bin im Urlaub. Gr=FC=DFe
`,
    vacation: `Return-Path: <>
${base}From: ann@sender.example (Ann Lee)
Subject: Auto: Hello
Precedence: junk
Auto-Submitted: auto-replied (vacation)
Content-Type: text/plain

I am on holiday.
`,
    'a challenge': `${base}From: "Mail gate" <challenge-abc=info=example.com@gate.example>
Reply-To: confirm+0a1b2c@gate.example
Subject: Please confirm your message
X-Loop: gate
Content-Type: text/plain

Press reply.
`,
    'a feedback report': `${base}From: <feedback@isp.example>
Subject: FW: Newsletter
Content-Type: multipart/report; boundary="part1_13d.2e68ed54_boundary"; report-type=feedback-report

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1

--part1_13d.2e68ed54_boundary
Content-Type: message/rfc822

${original}
Newsletter
--part1_13d.2e68ed54_boundary--
`,
  }),
];
