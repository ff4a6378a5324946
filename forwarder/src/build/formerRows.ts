import type { AliasRow } from '../../../schema/src/records/records.ts';
import { catchAll, parseAddress, splitAddress } from '../../../schema/src/text/address.ts';
import { compareText } from '../../../schema/src/text/diagnostic.ts';
import { type BuildInput, planBuild } from './planBuild.ts';

/** Where the rows of a former deployment and ours differ about who gets an address's mail. */
export interface Difference {
  readonly address: string;
  /** Empty where the difference is about a whole domain. */
  readonly mailbox: string;
  /**
   * `there`: gets its mail by the former rows alone; `here`: by ours alone. `blocked-there`, `blocked-here`: both have the
   * row, and one of them leaves the mailbox out because of bounces. `domain-here`: an alias domain that only we find.
   */
  readonly kind: 'there' | 'here' | 'blocked-there' | 'blocked-here' | 'domain-here';
}

export interface FormerInput extends Omit<BuildInput, 'rows'> {
  /** The Aliases rows of the former deployment. */
  readonly former: readonly AliasRow[];
  /** A destination with more bounces than this is left out here; there, with any. */
  readonly bounceLimit: number;
}

/** Compares what a former deployment's rows say with what a build of ours says of the same definitions. Sorted. */
export function compareFormer({ former, bounceLimit, ...input }: FormerInput): Difference[] {
  const ours = rowsByKey(planBuild({ ...input, rows: [] }).puts);
  const theirs = rowsByKey(former.filter(isLookedUp));
  const differences = [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key): Difference[] => {
    const [address = '', mailbox = ''] = key.split('\n');
    const [there, here] = [theirs.get(key), ours.get(key)];
    if (here === undefined) return [{ address, mailbox, kind: 'there' }];
    if (there === undefined) return [{ address, mailbox, kind: 'here' }];
    const [isBlockedThere, isBlockedHere] = [there.bounces > 0, here.bounces > bounceLimit];
    if (isBlockedThere === isBlockedHere) return [];
    return [{ address, mailbox, kind: isBlockedThere ? 'blocked-there' : 'blocked-here' }];
  });
  return [...differences, ...misspeltDomains(input)].sort(
    (a, b) => compareText(a.address, b.address) || compareText(a.mailbox, b.mailbox),
  );
}

/** It folds the recipient, not its rows, and knows no catch-all: no mail finds other rows. */
function isLookedUp({ alias }: AliasRow): boolean {
  return alias === alias.toLowerCase() && splitAddress(alias).local !== catchAll;
}

function rowsByKey(rows: readonly AliasRow[]): Map<string, AliasRow> {
  const folded = (text: string) => parseAddress(text.trim()).value ?? text;
  return new Map(rows.map((row) => [`${folded(row.alias)}\n${folded(row.destination)}`, row]));
}

/** It finds a domain's row by the folded name alone. */
function misspeltDomains({ domains }: Pick<BuildInput, 'domains'>): Difference[] {
  return domains.flatMap(({ key, record }): Difference[] =>
    record.aliasfor === undefined || key.domain === record.domain
      ? []
      : [{ address: record.domain, mailbox: '', kind: 'domain-here' }],
  );
}
