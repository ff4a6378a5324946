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
