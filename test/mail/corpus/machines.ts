import { family } from './sample.ts';

const hop = 'Received: from host.sender.example by inbound-smtp.example; Tue, 3 Nov 2026 09:00:00 +0000\n';

/** What devices, programs and services send. */
export const machines = [
  ...family('scanners and printers', {
    Ricoh: `${hop}Date: Tue, 03 Nov 2026 10:00:00 +0100
From: scanner@office.example
To: info@example.com
Message-ID: <20261103100000DCSML-S000340000.0026735A0000@office.example>
Subject: Message from "RNP002673B1A2C3"
X-Mailer: RICOH IMAGE DELIVERY
MIME-Version: 1.0
Content-Type: multipart/mixed;
 boundary="DC_BOUNDARY0123456789"

--DC_BOUNDARY0123456789
Content-Type: text/plain; charset=us-ascii

This E-mail was sent from "RNP002673B1A2C3".

--DC_BOUNDARY0123456789
Content-Type: application/pdf; name="scan.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjQ=

--DC_BOUNDARY0123456789--
`,
    'HP, without a Message-ID': `${hop}From: "HP Color LaserJet" <noreply@hp.example>
To: <info@example.com>
Subject: Scanned document
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=hp_boundary

--hp_boundary
Content-Type: text/plain

See attached.
--hp_boundary
Content-Type: image/tiff
Content-Disposition: attachment; filename=scan0001.tif
Content-Transfer-Encoding: base64

SUkqAA==
--hp_boundary--
`,
    'Canon, with a bare address and no date': `${hop}from:copier@office.example
to:info@example.com
subject:Attached Image
mime-version:1.0
content-type:multipart/mixed; boundary="----=_Canon"

------=_Canon
content-type:text/plain

------=_Canon--
`,
    'Konica, all in capitals': `${hop}FROM: KONICA <KONICA@OFFICE.EXAMPLE>
TO: INFO@EXAMPLE.COM
SUBJECT: SCAN
MIME-VERSION: 1.0
CONTENT-TYPE: TEXT/PLAIN; CHARSET=US-ASCII

SCAN
`,
    'a fax gateway': `${hop}From: "+49 30 1234567" <fax@gateway.example>
To: info@example.com
Subject: Fax from +49 (30) 1234567, 2 pages
Content-Type: application/pdf; name=fax.pdf
Content-Disposition: attachment; filename=fax.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjQ=
`,
    'an answering machine': `${hop}From: 0301234567 <voicebox@phone.example>
To: info@example.com
Subject: Neue Nachricht von 0301234567
MIME-Version: 1.0 (produced by box)
Content-Type: audio/x-wav; name="msg 0001.wav"
Content-Transfer-Encoding: base64

UklGRg==
`,
  }),
  ...family('scripts', {
    'PHP mail()': `${hop}To: info@example.com
Subject: Contact form: a message
X-PHP-Originating-Script: 33:contact.php
From: ann@sender.example
Reply-To: ann@sender.example

Message from the form
`,
    'PHP mail() with HTML and a name': `${hop}To: info@example.com
Subject: =?UTF-8?B?S29udGFrdGZvcm11bGFyOiBHcsO8w59l?=
MIME-Version: 1.0
Content-type:text/html;charset=UTF-8
From: Web Site <www-data@sender.example>
X-Mailer: PHP/8.2.1

<p>Grüße</p>
`,
    'PHP mail() with raw UTF-8': `${hop}To: info@example.com
Subject: Kontaktformular: Grüße aus Köln
From: Jörg Müller <joerg@verein.example>
Reply-To: Jörg Müller <joerg@verein.example>
Content-Type: text/plain; charset=utf-8

Grüße
`,
    WordPress: `${hop}Date: Tue, 3 Nov 2026 09:00:00 +0000
To: info@example.com
From: WordPress <wordpress@club.example>
Subject: [Our Club] Some plugins were automatically updated
Message-ID: <abc@club.example>
X-Mailer: PHPMailer 6.9.1
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8

Howdy!
`,
    cron: `${hop}From: root@host.sender.example (Cron Daemon)
To: root@host.sender.example
Subject: Cron <root@host> test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }
Content-Type: text/plain; charset=UTF-8
Auto-Submitted: auto-generated
X-Cron-Env: <SHELL=/bin/sh>
X-Cron-Env: <HOME=/root>

/etc/cron.daily/logrotate:
`,
    mailx: `${hop}Received: by host.sender.example (Postfix, from userid 0)
\tid 0123456789; Tue,  3 Nov 2026 10:00:00 +0100 (CET)
To: info@example.com
Subject: *** SECURITY information for host ***
Message-Id: <20261103090000.0123456789@host.sender.example>
Date: Tue,  3 Nov 2026 10:00:00 +0100 (CET)
From: root <root@host.sender.example>

host : Nov  3 10:00:00 : ann : user NOT in sudoers
`,
    'an old ASP component': `${hop}From:"Shop"<shop@sender.example>
To:"Info"<info@example.com>
Subject:Order 1234
Date:Tue, 3 Nov 2026 10:00:00 +0100
MIME-Version:1.0
Content-Type:text/html;charset=iso-8859-1

<b>Order</b>
`,
    'a Windows program with its code page': `${hop}From: Lohn <lohn@sender.example>
To: info@example.com
Subject: =?Windows-1252?Q?Abrechnung_=80_100=2C=96?=
Content-Type: text/plain; charset=Windows-1252

ok
`,
    'git send-email': `${hop}From: Ann Lee <ann@sender.example>
To: dev@lists.example
Cc: "Jörg Müller" <joerg@verein.example>,
\tBob <bob@sender.example>
Subject: [PATCH v2 1/3] mail: fold at 78 columns
Date: Tue,  3 Nov 2026 10:00:00 +0100
Message-ID: <20261103090000.1-2-ann@sender.example>
X-Mailer: git-send-email 2.43.0
In-Reply-To: <20261103090000.1-1-ann@sender.example>
References: <20261103090000.1-1-ann@sender.example>
MIME-Version: 1.0
Content-Transfer-Encoding: 8bit

---
From abc Mon Sep 17 00:00:00 2001
`,
  }),
  ...family('ticket systems and services', {
    OTRS: `${hop}From: Support Desk <support@town.example>
To: info@example.com
Subject: Re: [Ticket#2026110310000012] Street light
X-Mailer: OTRS Mail Service (6.0)
X-Powered-By: OTRS
Organization: Town of Example
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

We look into it.
`,
    Zendesk: `${hop}From: Ann (Support) <support@shop.zendesk.example>
Reply-To: Shop <support+idABC123-XY9Z@shop.zendesk.example>
To: Info <info@example.com>
Subject: [Shop] Re: Refund?
In-Reply-To: <ABC@shop.zendesk.example>
X-Mailer: Zendesk Mailer
X-Auto-Response-Suppress: All
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="--==_mimepart_65a_abc";
 charset=utf-8

----==_mimepart_65a_abc
Content-Type: text/plain;
 charset=utf-8

##- Please type your reply above this line -##
----==_mimepart_65a_abc--
`,
    GitHub: `${hop}From: Ann Lee <notifications@github.example>
Reply-To: club/site <reply+AAB3@reply.github.example>
To: club/site <site@noreply.github.example>
Cc: Subscribed <subscribed@noreply.github.example>
Message-ID: <club/site/pull/12@github.example>
Subject: Re: [club/site] Fold long lines (PR #12)
List-ID: club/site <site.club.github.example>
X-GitHub-Reason: subscribed
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8

Merged.
`,
    JIRA: `${hop}From: "Ann Lee (Jira)" <jira@tracker.example>
To: info@example.com
Subject: [JIRA] (CLUB-12) Fix the door
X-JIRA-FingerPrint: abc
Precedence: bulk
Content-Type: multipart/related; boundary="----=_Part_1_2.3"; type="text/html"

------=_Part_1_2.3
Content-Type: text/html; charset=UTF-8

<p>Door</p>
------=_Part_1_2.3--
`,
    Nextcloud: `${hop}From: Cloud <cloud@club.example>
To: =?utf-8?Q?Vorstand?= <board@example.com>
Subject: =?utf-8?Q?Bob_hat_=C2=BBBilanz=2Eods=C2=AB_mit_dir_geteilt?=
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=abc-_=

--abc-_=
Content-Type: text/plain

x
--abc-_=--
`,
    'a web shop with its own addresses': `${hop}From: "Shop | Orders" <orders@shop.example>
To: "info@example.com" <info@example.com>
Subject: Order no. 1234 / 03.11.2026
MIME-Version: 1.0
Content-Type: text/plain; charset="UTF-8"; format=flowed

Thanks!
`,
    'a payment': `${hop}From: "service@pay.example" <service@pay.example>
To: Info <info@example.com>
Subject: Receipt for your payment to Club e.V.
X-Email-Type-Id: PPX001066
MIME-Version: 1.0
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

<p>10,00=C2=A0EUR</p>
`,
    'a social network': `${hop}From: "Ann Lee (via Network)" <update+kjdm_j@network.example>
Reply-to: noreply <noreply@network.example>
To: Info <info@example.com>
Subject: Ann Lee posted: "Hello, world"
Errors-To: update+kjdm_j@network.example
X-Priority: 3
MIME-Version: 1.0
Content-Type: text/plain; charset="UTF-8"

x
`,
  }),
];
