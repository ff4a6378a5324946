import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { UsageError } from '../../../schema/src/commandLine/options.ts';
import { blockCounts } from '../../../schema/src/records/blocks.ts';
import type { AliasRow } from '../../../schema/src/records/records.ts';
import { milliseconds, toSeconds } from '../../../schema/src/text/time.ts';
import type { AliasesTable } from '../aws/buildTables.ts';
import { compareFormer, type Difference } from '../build/formerRows.ts';
import { openStage } from './openStage.ts';
import { command, common } from './terminal.ts';

/** Whether anybody's mail changes where our rules take the place of another deployment's. */
export const compareCommand = command({
  summary:
    'Compare the rows that a former deployment goes by with what ours would be, and name each difference',
  note: `TABLE is the Aliases table of the former deployment, which is only read. Run it before our receipt rules take the place
of its own: what it names is whose mail would change.`,
  words: [{ name: 'TABLE', isRequired: true }],
  options: { stage: common.stage, format: common.format },
  example: 'email-forward-aliases',
  otherExamples: ['email-forward-aliases --stage test'],
  async run(terminal, { values, words: [table = ''] }) {
    const { ports, settings, sources } = await openStage(values.stage, terminal);
    const now = toSeconds(milliseconds(terminal.now));
    const [definitions, domains, former, bounces] = await Promise.all([
      sources.definitions.readAll(),
      sources.domains.readAll(),
      formerRows(sources.aliasesOf(table), table),
      ports.tables.bounces.readAll(),
    ]);
    const blocks = blockCounts(bounces, now, settings.softBounceLimit);
    const differences = compareFormer({ ...settings, definitions, domains, former, blocks, now });
    if (values.format === 'json') terminal.out(`${JSON.stringify({ differences }, undefined, 2)}\n`);
    else terminal.out(textOf(differences));
    return differences.length === 0 ? 0 : 1;
  },
});

async function formerRows({ readAll }: Pick<AliasesTable, 'readAll'>, table: string): Promise<AliasRow[]> {
  try {
    return await readAll();
  } catch (error) {
    if (error instanceof ResourceNotFoundException) throw new UsageError(`There is no table \`${table}\`.`);
    throw error;
  }
}

const meanings: Readonly<Record<Difference['kind'], string>> = {
  there: 'gets its mail there, and not here',
  here: 'gets its mail here, and not there',
  'blocked-there': 'is blocked there, and gets its mail here',
  'blocked-here': 'is blocked here, and gets its mail there',
  'domain-here': 'an alias domain here, and not there: its row is not in small letters',
};

function textOf(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'Nobody’s mail changes: both say the same.\n';
  const byAddress = Map.groupBy(differences, ({ address }) => address);
  return [...byAddress].map(([address, own]) => `${address}\n${own.map(lineOf).join('')}`).join('');
}

function lineOf({ mailbox, kind }: Difference): string {
  return `  ${[mailbox, meanings[kind]].filter((text) => text !== '').join(' ')}\n`;
}
