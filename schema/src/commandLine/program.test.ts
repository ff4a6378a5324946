import { describe, expect, it } from 'vitest';
import type { Command, Program, Streams } from './command.ts';
import { type Options, parseArguments, UsageError } from './options.ts';
import { runProgram } from './program.ts';

const options = {
  dir: { kind: 'text', value: 'DIR', help: 'the folder (aliases)' },
  format: { kind: 'choice', choices: ['text', 'json'], help: 'how to print (text)' },
  check: { kind: 'flag', help: 'only say it' },
} as const satisfies Options;
const words = [{ name: 'ADDRESS', isRequired: true }] as const;
const usual = { dir: undefined, format: 'text', check: false };

describe('parseArguments', () => {
  it.each([
    [['a'], usual, ['a']],
    [['--dir', 'x', 'a'], { ...usual, dir: 'x' }, ['a']],
    [['a', '--dir=x=y', '--check'], { ...usual, dir: 'x=y', check: true }, ['a']],
    [['--dir', 'x', '--dir', 'y', 'a'], { ...usual, dir: 'y' }, ['a']],
    [['--format', 'json', '--', '--check'], { ...usual, format: 'json' }, ['--check']],
    [['--dir', '-', '-'], { ...usual, dir: '-' }, ['-']],
    [['--dir=', 'a'], { ...usual, dir: '' }, ['a']],
  ])('reads %j', (given, values, found) => {
    expect(parseArguments(given, options, words)).toEqual({ values, words: found });
  });

  it.each([
    [['a', 'b'], 'Unexpected argument `b`.'],
    [[], 'Missing argument ADDRESS.'],
    [['a', '--fromat', 'json'], 'Unknown option `--fromat`. Did you mean `--format`?'],
    [['a', '--colour=yes'], 'Unknown option `--colour`. The options are --dir, --format, --check, --help.'],
    [['a', '--constructor'], /^Unknown option `--constructor`/],
    [['a', '-d'], /^Unknown option `-d`/],
    [['a', '--check=yes'], '`--check` takes no value.'],
    [['a', '--dir'], '`--dir` needs a value: `--dir DIR`.'],
    [['a', '--dir', '--check'], '`--dir` needs a value: `--dir DIR`.'],
    [['a', '--format', 'jsno'], '`--format` must be text or json, not `jsno`. Did you mean `json`?'],
    [['a', '--format', 'xml'], '`--format` must be text or json, not `xml`.'],
  ])('rejects %j', (given, message) => {
    expect(() => parseArguments(given, options, words)).toThrow(UsageError);
    expect(() => parseArguments(given, options, words)).toThrow(message);
  });
});

const explain: Command<Streams, typeof options> = {
  summary: 'Show where mail goes',
  words,
  options,
  example: 'info@example.com',
  exits: [[7, 'a code of its own']],
  run: async ({ out }, { values, words: [address] }) => {
    if (address === 'broken') throw new Error('The world ended.');
    out(`${address} ${values.format}\n`);
    return 1;
  },
};
const program: Program<Streams> = {
  name: 'npm run -s mail --',
  script: 'mail',
  version: '1.2.3',
  commands: { explain: async () => explain as Command<Streams> },
};

async function run(...line: readonly string[]) {
  const said = { out: '', note: '' };
  const streams: Streams = {
    out: (text) => {
      said.out += text;
    },
    note: (text) => {
      said.note += text;
    },
  };
  const code = await runProgram(program, line, streams, String);
  return { code, ...said };
}

const exitCodes = `Exit codes:
  0  the command did its work
  1  something was found or refused: the files, the plan, the account or a mail is not right
  2  the usage is wrong, or something outside failed; an error says what to do
  7  a code of its own
`;
const programHelp = `Usage: npm run -s mail -- COMMAND [OPTION]…

Commands:
  explain ADDRESS      Show where mail goes
  completion bash|zsh  Print a script that lets a shell complete commands and options
  help [COMMAND]       Print this help, or that of a command

\`npm run -s mail -- COMMAND --help\` lists the options of a command, \`npm run -s mail -- --version\` prints the version.

Examples:
  npm run -s mail -- explain info@example.com
  npm run -s mail -- completion bash

${exitCodes}`;
const commandHelp = `Usage: npm run -s mail -- explain ADDRESS [OPTION]…

Show where mail goes.

Options:
  --dir DIR           the folder (aliases)
  --format text|json  how to print (text)
  --check             only say it
  --help              print this help

Example:
  npm run -s mail -- explain info@example.com

${exitCodes}`;
const see = 'See `npm run -s mail --';

describe('runProgram', () => {
  it.each([
    [['explain', 'a', '--format', 'json'], 1, 'a json\n', ''],
    [['--version'], 0, '1.2.3\n', ''],
    [['--help'], 0, programHelp, ''],
    [['-h'], 0, programHelp, ''],
    [['help'], 0, programHelp, ''],
    [[], 2, '', programHelp],
    [['help', '--help'], 0, programHelp, ''],
    [['help', 'help'], 0, programHelp, ''],
    [['help', 'explain'], 0, commandHelp, ''],
    [['explain', '--version'], 0, '1.2.3\n', ''],
    [
      ['completion', 'bsh'],
      2,
      '',
      `The argument must be bash or zsh, not \`bsh\`. Did you mean \`bash\`?\n${see} completion --help\`.\n`,
    ],
    [['explain', '--help'], 0, commandHelp, ''],
    [['explain', 'a', '--unknown', '-h'], 0, commandHelp, ''],
    [['explain', '--', '--help'], 1, '--help text\n', ''],
    [['explian'], 2, '', `There is no command \`explian\`. Did you mean \`explain\`?\n${see} --help\`.\n`],
    [['--vesion'], 2, '', `Unknown option \`--vesion\`. Did you mean \`--version\`?\n${see} --help\`.\n`],
    [['toString'], 2, '', `There is no command \`toString\`.\n${see} --help\`.\n`],
    [['explain'], 2, '', `Missing argument ADDRESS.\n${see} explain --help\`.\n`],
    [['explain', 'broken'], 2, '', 'Error: The world ended.\n'],
  ])('answers %j', async (line, code, out, note) => {
    expect(await run(...line)).toEqual({ code, out, note });
  });
});
