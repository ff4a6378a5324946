import type { Command } from './command.ts';
import { type ExitMeaning, exitMeanings } from './exit.ts';
import type { Word } from './options.ts';

/** The help of a program: its commands with what each does. `name`: as it is typed. */
export function programHelp(
  name: string,
  commands: ReadonlyMap<string, Pick<Command<never>, 'words' | 'summary' | 'example' | 'exits'>>,
): string {
  const rows = [...commands].map(([command, { words, summary }]): [string, string] => [
    [command, ...words.map(wordUsage)].join(' '),
    summary,
  ]);
  const examples = [...commands].slice(0, 3).map(([command, { example }]) => `${command} ${example}`);
  return linesOf([
    `Usage: ${name} COMMAND [OPTION]…`,
    '',
    'Commands:',
    ...columns([...rows, ['help [COMMAND]', 'Print this help, or that of a command']]),
    '',
    `\`${name} COMMAND --help\` lists the options of a command, \`${name} --version\` prints the version.`,
    '',
    ...exampleLines(name, examples),
    '',
    ...exitLines([...commands.values()].flatMap(({ exits = [] }) => exits)),
  ]);
}

/** The help of a command. `call`: as it is typed. */
export function commandHelp(
  call: string,
  { summary, words, options, example, otherExamples = [], note, exits = [] }: Omit<Command<never>, 'run'>,
): string {
  const rows = Object.entries(options).map(([option, described]): [string, string] => {
    if (described.kind === 'flag') return [`--${option}`, described.help];
    const value = described.kind === 'text' ? described.value : described.choices.join('|');
    return [`--${option} ${value}`, described.help];
  });
  return linesOf([
    `Usage: ${[call, ...words.map(wordUsage), '[OPTION]…'].join(' ')}`,
    '',
    `${summary}.`,
    ...(note === undefined ? [] : ['', note]),
    '',
    'Options:',
    ...columns([...rows, ['--help', 'print this help']]),
    '',
    ...exampleLines(call, [example, ...otherExamples]),
    '',
    ...exitLines(exits),
  ]);
}

function wordUsage({ name, isRequired }: Word): string {
  return isRequired ? name : `[${name}]`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

function exampleLines(call: string, examples: readonly string[]): string[] {
  return [
    `Example${examples.length === 1 ? '' : 's'}:`,
    ...examples.map((example) => (example === '' ? `  ${call.replace(/ --$/, '')}` : `  ${call} ${example}`)),
  ];
}

function exitLines(own: readonly ExitMeaning[]): string[] {
  return ['Exit codes:', ...[...exitMeanings, ...own].map(([code, meaning]) => `  ${code}  ${meaning}`)];
}

function linesOf(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
