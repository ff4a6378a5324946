import { type Options, UsageError, type Values } from '../../../schema/src/commandLine/options.ts';
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
  summary: 'Set up what the API can of what the account lacks, or with `github` the repository',
  words: [{ name: 'github', isRequired: false, choices: ['github'] }],
  options: setupOptions,
  example: '--dry-run',
  run: async (terminal, { values, words: [what] }) => {
    if (what !== undefined) {
      checkRepositoryOptions(what, values);
      const { setupRepository } = await import('../account/setupRepository.ts');
      return setupRepository(values, terminal);
    }
    const { setup } = await import('../account/setup.ts');
    return setup(values, terminal);
  },
});

function checkRepositoryOptions(what: string, values: Values<typeof setupOptions>): void {
  if (what !== 'github') throw new UsageError(`There is no set-up of \`${what}\`: only of \`github\`.`);
  for (const name of ['dir', 'yes', 'test-mail', 'dns-server'] as const) {
    if (values[name]) throw new UsageError(`\`--${name}\` is no option of \`setup github\`.`);
  }
}
