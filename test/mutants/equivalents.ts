import type { Equivalent } from './survey.ts';

/** Looked at by hand. An entry whose mutant is noticed, or is no longer made, is an error of the run. */
export const equivalents: readonly Equivalent[] = [
  {
    file: 'action/src/guard/massChange.ts',
    from: "change.table !== 'definitions'",
    to: 'false',
    why: 'The row of a domain is never in force; where it is deleted its domain is given up, and that is judged before.',
  },
  {
    file: 'action/src/guard/massChange.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'Nobody has the recipients that this text would be.',
  },
  {
    file: 'action/src/guard/assess.ts',
    from: "change.table !== 'definitions'",
    to: 'false',
    why: 'The row of a domain has no day of expiry.',
  },
  {
    file: 'action/src/guard/assess.ts',
    from: 'expires !== undefined',
    to: 'true',
    why: 'Nothing that is undefined comes after today.',
  },
  {
    file: 'action/src/guard/assess.ts',
    from: 'expires > today',
    to: 'expires >= today',
    why: 'Today is judged anyway.',
  },
  {
    file: 'forwarder/src/delivery/deliver.ts',
    from: 'group[0]?.unattachable',
    to: 'group[0].unattachable',
    why: 'A group has a member.',
  },
  {
    file: 'forwarder/src/delivery/deliver.ts',
    from: 'refusal === undefined',
    to: 'false',
    why: 'Without targets the next form is made and sent to nobody.',
  },
  {
    file: 'forwarder/src/delivery/deliver.ts',
    from: 'first?.answerable',
    to: 'first.answerable',
    why: 'A form that is answered has a target.',
  },
  {
    file: 'forwarder/src/delivery/deliver.ts',
    from: 'rows.filter(isEntry)',
    to: 'rows',
    why: 'No other row is ever `sent`.',
  },
  {
    file: 'forwarder/src/delivery/deliver.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'No recipient is called so.',
  },
  {
    file: 'forwarder/src/delivery/receive.ts',
    from: 'first !== undefined',
    to: 'true',
    why: 'Every mail has a row, be it that nobody gets it.',
  },
  {
    file: 'forwarder/src/delivery/fallbacks.ts',
    from: 'kind === undefined',
    to: 'false',
    why: 'What is of no kind is written as nothing.',
  },
  {
    file: 'forwarder/src/delivery/attempt.ts',
    from: 'wait !== undefined',
    to: 'true',
    why: 'No time is before the deadline where there is no wait.',
  },
  {
    file: 'forwarder/src/delivery/fault.ts',
    from: "typeof code === 'string'",
    to: 'true',
    why: 'A code that is no text is in no list.',
  },
  {
    file: 'forwarder/src/delivery/fault.ts',
    from: "{ name: '', message: String(error), status: 0 }",
    to: '{}',
    why: 'What has no name is unknown, whatever its text.',
  },
  {
    file: 'action/src/guard/reason.ts',
    from: 'gate?.at',
    to: 'gate.at',
    why: 'A gate that is stale is there.',
  },
  {
    file: 'forwarder/src/delivery/answer.ts',
    from: 'taken === undefined',
    to: 'false',
    why: 'What is not there ends as an unknown fault, which leaves the answer as it is.',
  },
  {
    file: 'forwarder/src/delivery/inspection.ts',
    from: 'a.destination < b.destination',
    to: 'a.destination <= b.destination',
    why: 'Each destination stands once.',
  },
  {
    file: 'forwarder/src/delivery/inspection.ts',
    from: 'latest?.type',
    to: 'latest.type',
    why: 'A destination that is blocked has a row.',
  },
  {
    file: 'forwarder/src/delivery/inspection.ts',
    from: 'latest?.diagnosticCode',
    to: 'latest.diagnosticCode',
    why: 'A destination that is blocked has a row.',
  },
  {
    file: 'forwarder/src/delivery/notification.ts',
    from: '[]',
    to: '["Stryker was here"]',
    why: 'A text is no recipient.',
  },
  {
    file: 'forwarder/src/delivery/notification.ts',
    from: 'recipient === undefined',
    to: 'false',
    why: 'What is no object has no address either.',
  },
  {
    file: 'forwarder/src/delivery/notification.ts',
    from: '{ return undefined; }',
    to: '{}',
    why: 'Nothing is undefined.',
  },
  {
    file: 'forwarder/src/delivery/retry.ts',
    from: 'entries.filter((row) => !isLate(row))',
    to: 'entries',
    why: 'What was given up is closed, and is not taken.',
  },
];
