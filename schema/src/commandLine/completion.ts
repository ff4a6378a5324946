import type { Command, Streams } from './command.ts';
import type { Options, Word } from './options.ts';

type Described = Pick<Command<never>, 'words' | 'options'>;

const shells = ['bash', 'zsh'] as const;
type Shell = (typeof shells)[number];

/** Prints a script that completes the command line of an npm script, by the table of its commands. */
export function completionCommand(
  script: string,
  commands: () => Promise<ReadonlyMap<string, Described>>,
): Command<Streams> {
  return {
    summary: 'Print a script that lets a shell complete commands and options',
    note: `In bash, in the folder of the repository: source <(npm run -s ${script} -- completion bash). In zsh, after
compinit, the same with zsh.`,
    words: [{ name: shells.join('|'), isRequired: true, choices: shells }],
    options: {},
    example: 'bash',
    otherExamples: ['zsh'],
    async run({ out }, { words: [shell] }) {
      out(completionScript(shell === 'zsh' ? 'zsh' : 'bash', script, await commands()));
      return 0;
    },
  };
}

/**
 * What is typed begins with `npm`, so the script takes `npm`'s completion, answers behind `SCRIPT --`, and leaves the
 * rest to whatever completed `npm` before.
 */
function completionScript(shell: Shell, script: string, commands: ReadonlyMap<string, Described>): string {
  const frame = shell === 'bash' ? bashFrame : zshFrame;
  return frame(script, `_npm_run_${script.replace(/\W/g, '_')}`, tableOf(commands));
}

/** A `case` that both shells read: it sets `choices`, words with spaces between them, or `kind`. */
function tableOf(commands: ReadonlyMap<string, Described>): string[] {
  const afterOptions = [...commands].flatMap(([name, { options }]) => valueLines(name, options));
  const plain = [...commands].map(([name, { words, options }]) => {
    const [first] = words;
    const flags = [...Object.keys(options), 'help'].map((option) => `--${option}`).join(' ');
    return `    '${name} '*) ${first === undefined ? '' : wordLine(first)}options='${flags}' ;;`;
  });
  const names = [...commands.keys(), 'help'].join(' ');
  return [
    `  case "$command $previous" in`,
    ...afterOptions,
    ...plain,
    `    'help '*) choices='${names}' ;;`,
    '  esac',
  ];
}

function valueLines(name: string, options: Options): string[] {
  return Object.entries(options).flatMap(([option, described]) => {
    if (described.kind === 'flag') return [];
    const setting =
      described.kind === 'choice'
        ? `choices='${described.choices.join(' ')}'`
        : `kind=${kindOf(described.value)}`;
    return [`    '${name} --${option}') ${setting} ;;`];
  });
}

function wordLine({ name, choices }: Word): string {
  return choices === undefined ? `kind=${kindOf(name)}; ` : `choices='${choices.join(' ')}'; `;
}

function kindOf(placeholder: string): 'file' | 'folder' | 'other' {
  return /\bFILE\b/.test(placeholder) ? 'file' : /\bDIR\b/.test(placeholder) ? 'folder' : 'other';
}

function bashFrame(script: string, name: string, table: readonly string[]): string {
  return `# Completes \`npm run -s ${script} -- …\` in bash: source <(npm run -s ${script} -- completion bash)
${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} at
  local command= choices= options= kind=
  for ((at = 1; at < COMP_CWORD; at += 1)); do
    [[ \${COMP_WORDS[at]} == -- ]] && break
  done
  if ((at >= COMP_CWORD)) || [[ \${COMP_WORDS[at - 1]} != ${script} ]]; then
    [[ -z $${name}_before ]] || "$${name}_before" "$@"
    return
  fi
  # Bash takes \`--option=value\` for three words.
  if [[ $previous == = ]]; then previous=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  if [[ $current == = ]]; then current=; fi
  if ((COMP_CWORD == at + 1)); then
    command=help
  else
    command=\${COMP_WORDS[at + 1]}
  fi
${table.join('\n')}
  if [[ $current == -* || -z $choices$kind ]]; then choices="$choices $options"; fi
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
  [[ $current == -* ]] && return
  IFS=$'\\n'
  case $kind in
    folder) COMPREPLY+=($(compgen -d -- "$current")) ;;
    file) COMPREPLY+=($(compgen -f -- "$current")) ;;
  esac
}
if [[ -z \${${name}_before+set} ]]; then
  ${name}_before=$(complete -p npm 2>/dev/null | sed -n 's/.* -F \\([^ ]*\\).*/\\1/p')
fi
complete -o default -F ${name} npm
`;
}

function zshFrame(script: string, name: string, table: readonly string[]): string {
  return `# Completes \`npm run -s ${script} -- …\` in zsh: source <(npm run -s ${script} -- completion zsh)
${name}() {
  local -i at=\${words[(ie)--]}
  local current=\${words[CURRENT]} previous=\${words[CURRENT - 1]}
  local command= choices= options= kind=
  if (( at >= CURRENT )) || [[ \${words[at - 1]} != ${script} ]]; then
    [[ -z $${name}_before ]] || $${name}_before "$@"
    return
  fi
  if (( CURRENT == at + 1 )); then
    command=help
  else
    command=\${words[at + 1]}
  fi
${table.join('\n')}
  if [[ $current == -* || -z $choices$kind ]]; then choices="$choices $options"; fi
  compadd -- \${=choices}
  [[ $current == -* ]] && return
  case $kind in
    folder) _files -/ ;;
    file) _files ;;
  esac
}
if (( ! \${+${name}_before} )); then
  typeset -g ${name}_before=\${_comps[npm]}
fi
compdef ${name} npm
`;
}
