import { family } from './sample.ts';

function event(method: string, organizer: string): string {
  return `BEGIN:VCALENDAR
METHOD:${method}
VERSION:2.0
PRODID:-//Example//EN
BEGIN:VEVENT
UID:20261103-1@sender.example
DTSTART:20261110T180000Z
SUMMARY:Board meeting
ORGANIZER;CN=Ann Lee:mailto:${organizer}
ATTENDEE;RSVP=TRUE:mailto:info@example.com
END:VEVENT
END:VCALENDAR
`;
}

function invitation(fields: string, type: string, content: string): string {
  return `Received: from mx.sender.example by inbound-smtp.example; Tue, 3 Nov 2026 09:00:00 +0000
Date: Tue, 3 Nov 2026 10:00:00 +0100
To: info@example.com
Message-ID: <calendar.1@sender.example>
${fields}MIME-Version: 1.0
${type}

${content}`;
}

/** Invitations and their answers. */
export const calendars = family('invitations', {
  Outlook: invitation(
    `From: "Lee, Ann" <ann@sender.example>
Subject: Board meeting
Thread-Topic: Board meeting
`,
    'Content-Type: multipart/alternative; boundary="_000_cal_"',
    `--_000_cal_
Content-Type: text/plain; charset="us-ascii"

When: Tuesday
--_000_cal_
Content-Type: text/calendar; charset="utf-8"; method=REQUEST
Content-Transfer-Encoding: 8bit

${event('REQUEST', 'ann@sender.example')}
--_000_cal_--
`,
  ),
  'Google, from its own address': invitation(
    `From: Ann Lee <calendar-notification@google.example>
Reply-To: Ann Lee <ann@sender.example>
Sender: Google Calendar <calendar-notification@google.example>
Subject: Invitation: Board meeting @ Tue Nov 10, 2026 7pm - 8pm (CET) (info@example.com)
`,
    'Content-Type: multipart/mixed; boundary="0000000000abc"',
    `--0000000000abc
Content-Type: text/calendar; charset="UTF-8"; method=REQUEST
Content-Transfer-Encoding: 7bit

${event('REQUEST', 'ann@sender.example')}
--0000000000abc
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: 7bit

${event('REQUEST', 'ann@sender.example')}
--0000000000abc--
`,
  ),
  'an answer': invitation(
    'From: Bob <bob@sender.example>\nSubject: Accepted: Board meeting\n',
    'Content-Type: text/calendar; method=REPLY; charset=UTF-8',
    event('REPLY', 'info@example.com'),
  ),
  'a cancellation': invitation(
    'From: Ann Lee <ann@sender.example>\nSubject: Canceled: Board meeting\nImportance: high\n',
    'Content-Type: text/calendar; method=CANCEL; charset="UTF-8"; component=VEVENT',
    event('CANCEL', 'ann@sender.example'),
  ),
  'a parameter with a comment': invitation(
    'From: Ann Lee <ann@sender.example>\nSubject: Meeting\n',
    'Content-Type: text/calendar; method=REQUEST; charset=utf-8 (as written)',
    event('REQUEST', 'ann@sender.example'),
  ),
});
