import type { Reading } from '../files/model.ts';
import { say } from '../messages/message.ts';
import { domainPart } from '../text/address.ts';
import { spanOf } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const domainName: Rule = {
  code: 'domain-name',
  summary: 'A domain is a valid one.',
  *find({ domainFiles, policyFile }) {
    const readings: Reading[] = domainFiles.flatMap((file) => [file.domain, ...file.aliasDomains]);
    if (policyFile !== undefined) readings.push(...policyFile.domains, ...policyFile.allowedDomains);
    for (const { text, read } of readings) {
      if (read.fault === undefined) continue;
      yield {
        code: 'domain-name',
        severity: 'error',
        message: say('`{text}` is not a valid domain: {fault}.', { text: text.text, fault: read.fault }),
        ...(text.text.includes('@') && {
          help: say('write only the part after the @: `{domain}`', { domain: domainPart(text.text) }),
        }),
        ...spanOf(text),
      };
    }
  },
};
