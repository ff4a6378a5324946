/** The text of a workflow command: no line of it can begin a command of its own (actions/toolkit, command.ts). */
export function commandData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** The value of a property of a workflow command. */
export function commandProperty(text: string): string {
  return commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** Text for the log: GitHub takes a line that begins with `::`, or holds `##[`, for a command, so neither is left. */
export function logText(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1: :').replaceAll('##[', '# #[');
}
