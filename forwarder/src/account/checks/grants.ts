import { type Check, finding } from '../finding.ts';

const fix = 'npm run deploy';

/** SES may lay mails in the bucket and invoke the two functions of its rules. */
export const grants: Check = ({ grants: found }) =>
  found.map(({ kind, name, isGranted }) =>
    kind === 'bucket'
      ? finding(
          'bucket-policy',
          name,
          'SES may lay mails in the bucket',
          isGranted
            ? undefined
            : {
                level: 'error',
                message: 'no policy of the bucket lets SES write for our rule: SES refuses or loses the mail',
                fix,
              },
        )
      : finding(
          'function-policy',
          name,
          'SES may invoke the function',
          isGranted
            ? undefined
            : {
                level: 'error',
                message: 'no policy of the function lets SES invoke it for our rule: the rule fails',
                fix,
              },
        ),
  );
