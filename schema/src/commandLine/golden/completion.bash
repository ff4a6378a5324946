# Completes `npm run -s mail -- …` in bash: source <(npm run -s mail -- completion bash)
_npm_run_mail() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} at
  local command= choices= options= kind=
  for ((at = 1; at < COMP_CWORD; at += 1)); do
    [[ ${COMP_WORDS[at]} == -- ]] && break
  done
  if ((at >= COMP_CWORD)) || [[ ${COMP_WORDS[at - 1]} != mail ]]; then
    [[ -z $_npm_run_mail_before ]] || "$_npm_run_mail_before" "$@"
    return
  fi
  # Bash takes `--option=value` for three words.
  if [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD - 2]}; fi
  if [[ $current == = ]]; then current=; fi
  if ((COMP_CWORD == at + 1)); then
    command=help
  else
    command=${COMP_WORDS[at + 1]}
  fi
  case "$command $previous" in
    'plan --format') choices='text json' ;;
    'plan --in') kind=file ;;
    'plan --today') kind=other ;;
    'plan '*) kind=folder; options='--format --detailed-exitcode --in --today --help' ;;
    'setup '*) choices='github'; options='--help' ;;
    'completion '*) choices='bash zsh'; options='--help' ;;
    'help '*) choices='plan setup completion help' ;;
  esac
  if [[ $current == -* || -z $choices$kind ]]; then choices="$choices $options"; fi
  local IFS=$' \t\n'
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
  [[ $current == -* ]] && return
  IFS=$'\n'
  case $kind in
    folder) COMPREPLY+=($(compgen -d -- "$current")) ;;
    file) COMPREPLY+=($(compgen -f -- "$current")) ;;
  esac
}
if [[ -z ${_npm_run_mail_before+set} ]]; then
  _npm_run_mail_before=$(complete -p npm 2>/dev/null | sed -n 's/.* -F \([^ ]*\).*/\1/p')
fi
complete -o default -F _npm_run_mail npm
