import { family } from './sample.ts';

const hops = `Return-Path: <members-bounces@lists.example>
Received: from lists.example by inbound-smtp.example; Tue, 3 Nov 2026 09:00:01 +0000
Received: from localhost by lists.example; Tue, 3 Nov 2026 09:00:00 +0000
`;

function list(
  from: string,
  subject: string,
  rest: string,
  content = 'Content-Type: text/plain; charset=utf-8',
): string {
  return `${hops}From: ${from}
To: members@lists.example
Date: Tue, 3 Nov 2026 10:00:00 +0100
Message-ID: <list.1@lists.example>
Subject: ${subject}
${rest}MIME-Version: 1.0
${content}

Hello everybody
_______________________________________________
Members mailing list
`;
}

/** Mailing lists and newsletters. */
export const lists = [
  ...family('mailing lists', {
    Mailman: list(
      'Ann Lee <ann@sender.example>',
      '[Members] Meeting',
      `Precedence: list
List-Id: Members <members.lists.example>
List-Unsubscribe: <https://lists.example/options/members>,
 <mailto:members-request@lists.example?subject=unsubscribe>
List-Post: <mailto:members@lists.example>
Errors-To: members-bounces@lists.example
Sender: "Members" <members-bounces@lists.example>
X-BeenThere: members@lists.example
`,
    ),
    'Mailman, with From changed for DMARC': list(
      'Ann Lee via Members <members@lists.example>',
      '[Members] Re: Meeting',
      `Reply-To: Ann Lee <ann@sender.example>
List-Id: Members <members.lists.example>
Cc: =?utf-8?q?J=C3=B6rg?= <joerg@verein.example>
`,
    ),
    'Mailman, the answer to all': list(
      '"Lee, Ann" <ann@sender.example>',
      'Re: [Members] Meeting',
      `Reply-To: "Lee, Ann" <ann@sender.example>,
 "Members (list)" <members@lists.example>
`,
    ),
    'Google Groups': list(
      "'Ann Lee' via Members <members@groups.example>",
      '[members] Meeting',
      `Reply-To: Ann Lee <ann@sender.example>
X-Original-Sender: ann@sender.example
X-Original-From: Ann Lee <ann@sender.example>
Mailing-list: list members@groups.example; contact members+owners@groups.example
X-Spam-Checked-In-Group: members@groups.example
`,
    ),
    Sympa: list(
      'Éloïse <eloise@ecole.example>',
      '=?utf-8?Q?=5Bmembres=5D_R=C3=A9union?=',
      `X-Loop: members@lists.example
X-Sequence: 42
X-no-archive: yes
List-Owner: <mailto:members-request@lists.example>
Resent-From: members@lists.example
Resent-Date: Tue, 3 Nov 2026 10:00:01 +0100
Resent-Message-ID: <resent.1@lists.example>
`,
    ),
    Majordomo: list(
      'ann@sender.example (Ann Lee)',
      'Meeting',
      'Sender: owner-members@lists.example\nPrecedence: bulk\n',
    ),
    'LISTSERV, as a group': list(
      'Members <members@lists.example>',
      'MEMBERS Digest - 2 Nov 2026 to 3 Nov 2026 (#2026-42)',
      'Cc: Undisclosed: ;\nComments: To: members@lists.example\n',
    ),
    'a digest': list(
      'members-request@lists.example',
      'Members Digest, Vol 42, Issue 1',
      'Content-Transfer-Encoding: 7bit\n',
      'Content-Type: multipart/digest; boundary="===============0=="',
    ),
    'SourceForge, with its own Reply-To': list(
      '"SourceForge.net" <noreply@forge.example>',
      '[ticket:#12] Fix it',
      'Reply-To: "[ticket:12]" <12@tickets.forge.example>\n',
    ),
    'a moderation request': list(
      'members-owner@lists.example',
      'members@lists.example post from ann@sender.example requires approval',
      'Reply-To: confirm 0123456789abcdef <members-confirm+0123@lists.example>\n',
    ),
  }),
  ...family('newsletters', {
    Mailchimp: list(
      '=?utf-8?Q?City=20Library?= <news@library.example>',
      '=?utf-8?Q?=F0=9F=93=9A=20November=20at=20the=20library?=',
      `Reply-To: =?utf-8?Q?City=20Library?= <us1-abc-def@inbound.mailchimp.example>
Feedback-ID: 12345:12345.67890:us1:mc
List-ID: abcmc list <abc.123.list-id.mcsv.example>
List-Unsubscribe: <https://library.example/u?id=1>, <mailto:unsubscribe@mailchimp.example?subject=unsubscribe>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
X-Mailer: MailChimp Mailer - **CIDabc**
`,
      'Content-Type: multipart/alternative; boundary="_----------=_MCPart_123"',
    ),
    SendGrid: list(
      'The Shop <hello@shop.example>',
      'Your order #1234 has shipped',
      'X-SG-EID: abc==\nX-Entity-ID: def==\nReply-To: support@shop.example\n',
    ),
    'Amazon SES, twice': list(
      'Shop <hello@shop.example>',
      'Sale',
      'X-SES-Outgoing: 2026.11.03-54.240.1.1\nX-SES-CONFIGURATION-SET: main\nFeedback-ID: 1.eu-west-1.abc=:AmazonSES\nDKIM-Signature: v=1; a=rsa-sha256; d=amazonses.example; b=abc\n',
    ),
    Brevo: list(
      'Théâtre de la Ville <info@theatre.example>',
      'Programme de novembre',
      'X-Mailin-EID: abc\nOrganization: Théâtre\n',
    ),
    'a magazine with a trade mark': list(
      '"Magazine™ – the best" <news@magazine.example>',
      'You’ll love this “offer”…',
      'Importance: Normal\n',
    ),
    LinkedIn: list(
      'LinkedIn <messages-noreply@linkedin.example>',
      'Ann, you have 1 new invitation',
      'X-LinkedIn-Class: INVITE\nX-LinkedIn-fbl: m-abc\nRequire-Recipient-Valid-Since: info@example.com; Tue, 3 Nov 2020 00:00:00 +0000\n',
    ),
    'a bank': list(
      '"Bank – no reply" <no-reply@bank.example>',
      'Kontoauszug',
      'Sensitivity: Company-Confidential\nPriority: urgent\n',
    ),
    'without To': `${hops}From: News <news@magazine.example>
Subject: No recipient at all
Date: Tue, 3 Nov 2026 10:00:00 +0100
Content-Type: text/html

<p>News</p>
`,
    'to undisclosed recipients': list(
      'News <news@magazine.example>',
      'News',
      'Bcc: info@example.com\n',
    ).replace('To: members@lists.example', 'To: undisclosed-recipients:;'),
  }),
];
