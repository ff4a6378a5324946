# Completes `npm run -s mail -- …` in zsh: source <(npm run -s mail -- completion zsh)
_npm_run_mail() {
  local -i at=${words[(ie)--]}
  local current=${words[CURRENT]} previous=${words[CURRENT - 1]}
  local command= choices= options= kind=
  if (( at >= CURRENT )) || [[ ${words[at - 1]} != mail ]]; then
    [[ -z $_npm_run_mail_before ]] || $_npm_run_mail_before "$@"
    return
  fi
  if (( CURRENT == at + 1 )); then
    command=help
  else
    command=${words[at + 1]}
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
  compadd -- ${=choices}
  [[ $current == -* ]] && return
  case $kind in
    folder) _files -/ ;;
    file) _files ;;
  esac
}
if (( ! ${+_npm_run_mail_before} )); then
  typeset -g _npm_run_mail_before=${_comps[npm]}
fi
compdef _npm_run_mail npm
