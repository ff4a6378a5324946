import type { ResourceChange, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';

/**
 * What a change set does, one line per resource that changes, sorted. `REPLACE` stands where CloudFormation says so, and
 * `may replace` where it will know when it gets there. The properties are named and their values are not: some are
 * addresses.
 */
export function changeLines(changes: readonly ResourceChange[]): string[] {
  const staying = stayingAsTheyAre(changes);
  return changes
    .flatMap((change) => {
      const { Action, LogicalResourceId = '', ResourceType = '', Details = [] } = change;
      const causes = Details.filter((detail) => !follows(detail, staying));
      if (Action === 'Modify' && Details.length > 0 && causes.length === 0) return [];
      const [kind, decisive] = kindOf(change, causes);
      const names = [...new Set(decisive.map(nameOf))].sort();
      const properties = names.length === 0 ? '' : `: ${names.join(', ')}`;
      return [`${kind} ${LogicalResourceId} (${ResourceType})${properties}${fateOf(change)}`];
    })
    .toSorted();
}

/** What whoever deploys reads. */
export function changeText(lines: readonly string[]): string {
  return lines.length === 0 ? 'nothing changes\n' : lines.map((line) => `${line}\n`).join('');
}

/** The word for a change, and the details that it is due to. */
function kindOf(
  { Action = 'Dynamic', Replacement, PolicyAction }: ResourceChange,
  causes: readonly ResourceChangeDetail[],
): readonly [kind: string, decisive: readonly ResourceChangeDetail[]] {
  if (Action !== 'Modify') {
    const isLeft = Action === 'Remove' && PolicyAction === 'Retain';
    return [isLeft ? 'leave' : (kinds[Action] ?? Action.toLowerCase()), []];
  }
  const recreating = causes.filter(mayRecreate);
  if (Replacement === 'True') return ['REPLACE', recreating];
  const isOpen = Replacement === 'Conditional' && (causes.length === 0 || recreating.length > 0);
  return isOpen ? ['may replace', recreating] : ['update', causes];
}

const kinds: Readonly<Record<string, string>> = {
  Add: 'create',
  Remove: 'delete',
  Import: 'import',
  Dynamic: 'may change',
};

function mayRecreate({ Target }: ResourceChangeDetail): boolean {
  return Target?.RequiresRecreation === 'Always' || Target?.RequiresRecreation === 'Conditionally';
}

/** A property by its name, another attribute, such as `Tags`, by its own. */
function nameOf({ Target }: ResourceChangeDetail): string {
  return Target?.Name ?? Target?.Attribute ?? '';
}

/** What becomes of the thing itself, where that is not what the word says. */
function fateOf({ Action, PolicyAction }: ResourceChange): string {
  if (Action === 'Remove' && PolicyAction === 'Retain') return '; it stays, outside the stack';
  return PolicyAction === 'ReplaceAndRetain' ? '; the old one stays, outside the stack' : '';
}

/**
 * The resources that are changed in place, by logical id, also those of which CloudFormation does not know it yet: it
 * lists whatever names a resource that changes, and says that it may have to be replaced. A thing that stays keeps its
 * name and its ARN, so nothing comes of it.
 */
function stayingAsTheyAre(changes: readonly ResourceChange[]): ReadonlySet<string> {
  const modified = changes.filter(({ Action }) => Action === 'Modify');
  const staying = new Set(idsOf(modified.filter(({ Replacement }) => Replacement === 'False')));
  const open = modified.filter(
    ({ Replacement, Details = [] }) => Replacement === 'Conditional' && Details.length > 0,
  );
  for (let before = -1; before < staying.size; ) {
    before = staying.size;
    const settled = open.filter(({ Details = [] }) =>
      Details.every((detail) => !mayRecreate(detail) || follows(detail, staying)),
    );
    for (const id of idsOf(settled)) staying.add(id);
  }
  return staying;
}

function idsOf(changes: readonly ResourceChange[]): string[] {
  return changes.flatMap(({ LogicalResourceId }) => LogicalResourceId ?? []);
}

/** Whether a property merely names one of these: by its name, or by its ARN. Other attributes may change in place. */
function follows(
  { ChangeSource, CausingEntity = '', Evaluation }: ResourceChangeDetail,
  staying: ReadonlySet<string>,
): boolean {
  if (Evaluation !== 'Dynamic') return false;
  if (ChangeSource === 'ResourceReference') return staying.has(CausingEntity);
  const [, id = ''] = /^(\w+)\.Arn$/.exec(CausingEntity) ?? [];
  return ChangeSource === 'ResourceAttribute' && staying.has(id);
}
