import type { Options } from '../../../schema/src/commandLine/options.ts';
import { command, common } from './terminal.ts';

export const doctorOptions = {
  stage: common.stage,
  dir: common.dir,
  dns: { kind: 'flag', help: 'print the DNS records that the domains need instead' },
  'dns-server': common['dns-server'],
  format: common.format,
} as const satisfies Options;

/** What is missing in the account and its DNS; exit 1 when something would lose mail. */
export const doctorCommand = command({
  summary: 'Show what the account and its DNS lack',
  words: [],
  options: doctorOptions,
  example: '--dns',
  run: async (terminal, { values }) => {
    const { doctor } = await import('../account/doctor.ts');
    return doctor(values, terminal);
  },
});

export const setupOptions = {
  stage: common.stage,
  dir: common.dir,
  'dry-run': { kind: 'flag', help: 'only say what would be done' },
  yes: { kind: 'flag', help: 'do not ask before another active rule set is displaced' },
  'test-mail': { kind: 'text', value: 'ADDRESS', help: 'send a test mail to it in the end' },
  'dns-server': common['dns-server'],
} as const satisfies Options;

/** Does what the API can, and nothing that is right already. */
export const setupCommand = command({
  summary: 'Set up what the API can of what the account lacks',
  words: [],
  options: setupOptions,
  example: '--dry-run',
  run: async (terminal, { values }) => {
    const { setup } = await import('../account/setup.ts');
    return setup(values, terminal);
  },
});
