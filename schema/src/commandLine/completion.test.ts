import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Command, Program, Streams } from './command.ts';
import { runProgram } from './program.ts';

const plan: Command<Streams> = {
  summary: 'Show the plan',
  words: [{ name: 'DIR', isRequired: false }],
  options: {
    format: { kind: 'choice', choices: ['text', 'json'], help: 'how' },
    'detailed-exitcode': { kind: 'flag', help: 'more codes' },
    in: { kind: 'text', value: 'FILE', help: 'a file' },
    today: { kind: 'text', value: 'DATE', help: 'a day' },
  },
  example: 'aliases',
  run: async () => 0,
};
const setup: Command<Streams> = {
  ...plan,
  words: [{ name: 'github', isRequired: false, choices: ['github'] }],
  options: {},
};
const program: Program<Streams> = {
  name: 'npm run -s mail --',
  script: 'mail',
  version: '1.2.3',
  commands: { plan: async () => plan, setup: async () => setup },
};

async function scriptFor(shell: 'bash' | 'zsh'): Promise<string> {
  let script = '';
  const out = (text: string) => {
    script += text;
  };
  expect(await runProgram(program, ['completion', shell], { out, note: out }, String)).toBe(0);
  return script;
}

/** What bash offers for the last of these words. */
async function offered(line: string, before = ''): Promise<string[]> {
  const words = line.split(' ');
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}
eval "$(complete -p npm | sed 's/.* -F \\([^ ]*\\) .*/\\1/') npm"
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const script = `${before}\n${await scriptFor('bash')}\n${ask}`;
  const options = { cwd: import.meta.dirname, encoding: 'utf8' } as const;
  return execFileSync('bash', ['--norc', '-c', script], options).split('\n').filter(Boolean).sort();
}

describe('the completion of a program', () => {
  const options = ['--detailed-exitcode', '--format', '--help', '--in', '--today'];

  it.each<[string, string[]]>([
    ['npm run -s mail -- ', ['completion', 'help', 'plan', 'setup']],
    ['npm run -s mail -- p', ['plan']],
    ['npm run mail -- p', ['plan']],
    ['npm run -s mail -- help s', ['setup']],
    ['npm run -s mail -- plan --', options],
    ['npm run -s mail -- plan x --f', ['--format']],
    ['npm run -s mail -- plan --format ', ['json', 'text']],
    ['npm run -s mail -- plan --format = j', ['json']],
    ['npm run -s mail -- plan --format =', ['json', 'text']],
    ['npm run -s mail -- plan --in progr', ['program.test.ts', 'program.ts']],
    ['npm run -s mail -- plan --today ', []],
    ['npm run -s mail -- plan --detailed-exitcode --to', ['--today']],
    ['npm run -s mail -- plan ../dir', ['../directory']],
    ['npm run -s mail -- setup ', ['github']],
    ['npm run -s mail -- completion ', ['bash', 'zsh']],
    ['npm run -s mail -- nothing ', []],
    ['npm run -s other -- p', []],
    ['npm run -s ma', []],
  ])('is asked in bash for `%s`', async (line, expected) => {
    expect(await offered(line)).toEqual(expected);
  });

  it('leaves the rest to what completed npm before, however often it is loaded', async () => {
    const other = '_others() { COMPREPLY=(install); }; complete -F _others npm';
    expect(await offered('npm ins', `${other}\n${await scriptFor('bash')}`)).toEqual(['install']);
    expect(await offered('npm run -s mail -- p', other)).toEqual(['plan']);
  });

  it('is written for zsh with the same table', async () => {
    await expect(await scriptFor('zsh')).toMatchFileSnapshot('golden/completion.zsh');
    await expect(await scriptFor('bash')).toMatchFileSnapshot('golden/completion.bash');
  });
});
