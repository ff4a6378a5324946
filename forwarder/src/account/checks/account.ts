import { type Check, finding } from '../finding.ts';

/** Out of the sandbox, allowed to send, with a quota and a suppression list. */
export const account: Check = ({ account: found }) => [
  finding(
    'sandbox',
    'account',
    'SES sends to everybody',
    found.productionAccess
      ? undefined
      : {
          level: 'error',
          message: 'the account is in the sandbox: SES sends 200 mails a day, and to verified addresses only',
          fix: 'ask for production access in the SES console, "Account dashboard"',
        },
  ),
  finding(
    'sending',
    'account',
    `SES sends up to ${found.dailyQuota} mails a day`,
    found.sendingEnabled
      ? undefined
      : {
          level: 'error',
          message: 'AWS has stopped the account from sending: mail waits, and is given up after 20 hours',
          fix: 'answer the case that AWS has opened, "Account dashboard" of the SES console',
        },
  ),
  finding(
    'suppression',
    'account',
    'addresses that bounce or complain are suppressed',
    ['BOUNCE', 'COMPLAINT'].every((reason) => found.suppressedReasons.includes(reason))
      ? undefined
      : {
          level: 'warning',
          message:
            'SES does not suppress both bounces and complaints, which harms the reputation of the account',
          fix: 'turn both on in the SES console, "Suppression list"',
        },
  ),
];
