import type { Options } from '../../../schema/src/commandLine/options.ts';
import { command, common } from './terminal.ts';

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
