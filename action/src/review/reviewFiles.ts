import { type Checked, check, type SourceFile } from '../../../schema/src/check.ts';
import type { Moment } from '../../../schema/src/directory/resolve.ts';
import { languageOf } from '../../../schema/src/files/language.ts';
import type { Policy } from '../../../schema/src/files/policy.ts';
import type { Gate } from '../../../schema/src/records/gate.ts';
import { assessProposal, type Proposal } from '../guard/assess.ts';
import { nothingAllowed, type Permission, type Review, review, withGate } from '../guard/reason.ts';
import { type Rows, rowsOfRevision } from '../plan/change.ts';
import { desiredOf } from '../plan/hold.ts';

export interface Revision {
  readonly folder: string;
  readonly files: readonly SourceFile[];
}

export interface ReviewOptions {
  readonly moment: Moment;
  readonly pruneForeign: boolean;
  /** The revision from which the plan starts; without it, the tables. */
  readonly base?: Revision | undefined;
}

/** Shows what `check` found; `before` is the base, checked, where the plan starts from one. */
export type ShowChecked = (
  checked: Checked,
  files: readonly SourceFile[],
  before?: Checked,
) => void | Promise<void>;

/** Files that were checked. */
export interface Checkup {
  readonly checked: Checked;
  /** What they ask for; undefined where errors are in the way. */
  readonly proposal: Proposal | undefined;
}

/**
 * Checks files, shows what is wrong with them, and makes a proposal of them. With errors there is none; but for a sync
 * (`holds`), which leaves out the domains whose files have them, where it can tell which these are.
 */
export async function proposeFiles(
  { folder, files }: Revision,
  { moment, pruneForeign, base, holds = false }: ReviewOptions & { readonly holds?: boolean },
  show: ShowChecked,
): Promise<Checkup> {
  const checked = check(files, { ...moment, folder, ...(base === undefined ? {} : { base: base.files }) });
  await show(checked, files);
  const desired = desiredOf(checked, files, holds);
  if (desired === undefined) return { checked, proposal: undefined };
  const { records, mistaken, policy } = desired;
  return { checked, proposal: { desired: records, mistaken, policy, moment, pruneForeign } };
}

/** What a review has of the world. */
export interface ReviewPorts {
  readonly show: ShowChecked;
  /** What the tables hold: asked only where the plan starts from them. */
  read(): Promise<{ readonly rows: Rows; readonly gate: Gate | undefined }>;
  /** What somebody has allowed: asked only where a reason stands. */
  allowed(): Promise<Permission>;
  /** What `_policy.yml` said at a commit; undefined where that cannot be known. */
  policyAt(commit: string): Promise<Policy | undefined>;
  /** Epoch seconds. */
  readonly now: number;
}

export interface ReviewedFiles extends Checkup {
  /** The base, checked; undefined where the plan starts from the tables. */
  readonly before: Checked | undefined;
  /** Undefined where the files have errors. */
  readonly review: Review | undefined;
}

/** Checks files, plans them, and judges the plan. Writes nothing. */
export async function reviewFiles(
  revision: Revision,
  options: ReviewOptions,
  ports: ReviewPorts,
): Promise<ReviewedFiles> {
  const { base, moment } = options;
  // In one language, as what the change brings is told apart by its words.
  const language = languageOf(revision.files, base?.files);
  const before = base && check(base.files, { ...moment, folder: base.folder, language });
  const { checked, proposal } = await proposeFiles(revision, options, (found, files) =>
    ports.show(found, files, before),
  );
  if (proposal === undefined) return { checked, proposal, before, review: undefined };
  const { rows, gate } =
    before === undefined ? await ports.read() : { rows: rowsOfRevision(before.records), gate: undefined };
  // The base judges as well: a change cannot loosen the guard that it is judged by.
  const basePolicy =
    before?.policy ?? (gate?.commit === undefined ? undefined : await ports.policyAt(gate.commit));
  const { plan, reasons } = assessProposal(rows, { ...proposal, basePolicy });
  const judged = review(plan, reasons, reasons.length === 0 ? nothingAllowed : await ports.allowed());
  return { checked, proposal, before, review: withGate(judged, gate, ports.now) };
}
