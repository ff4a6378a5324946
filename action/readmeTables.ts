import { parse } from 'yaml';

interface Field {
  readonly description: string;
  readonly default?: string;
  readonly required?: boolean;
}

interface Action {
  readonly inputs: Readonly<Record<string, Field>>;
  readonly outputs: Readonly<Record<string, Field>>;
}

/** The README with its tables of inputs and outputs as `action.yml` has them. */
export function inputOutputTables(readme: string, actionYml: string): string {
  const { inputs, outputs } = parse(actionYml) as Action;
  const inputRows = Object.entries(inputs).map(
    ([name, field]) => `| \`${name}\` | ${field.description} | ${defaultOf(field)} |`,
  );
  const outputRows = Object.entries(outputs).map(([name, field]) => `| \`${name}\` | ${field.description} |`);
  const withInputs = between(readme, 'inputs', [
    '| input | meaning | default |',
    '| --- | --- | --- |',
    ...inputRows,
  ]);
  return between(withInputs, 'outputs', ['| output | meaning |', '| --- | --- |', ...outputRows]);
}

function defaultOf(field: Field): string {
  if (field.required === true) return 'required';
  return field.default === undefined || field.default === '' ? 'none' : `\`${field.default}\``;
}

function between(text: string, name: string, lines: readonly string[]): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`The README has no place for the table of ${name}.`);
  return `${text.slice(0, start + open.length)}\n${lines.join('\n')}\n${text.slice(end)}`;
}
