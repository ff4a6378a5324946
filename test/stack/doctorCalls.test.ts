import { beforeAll, describe, expect, it } from 'vitest';
import { curesOf } from '../../forwarder/src/account/cures.ts';
import { observe } from '../../forwarder/src/account/observe.ts';
import { clientsIn } from '../../forwarder/src/account/stageAccount.ts';
import { readStageFile } from '../../forwarder/src/account/stageFile.ts';
import { namesOf } from '../../schema/src/stage/stage.ts';
import { plain, readTemplate, walk } from './template.ts';

// Each call of doctor, with what it is about, against the role of the workflow that runs it.

const region = 'eu-west-1';
const account = '123456789012';

interface Call {
  readonly action: string;
  /** ARN; `*` where AWS takes none. */
  readonly resource: string;
  /** The key of the row that is read. */
  readonly row?: string;
}

/** What is answered where the next call depends on it; nothing to all others. */
const answers: Readonly<Record<string, object>> = {
  GetCallerIdentity: { Arn: `arn:aws:sts::${account}:assumed-role/doctor`, Account: account },
  DescribeTable: { Table: { StreamSpecification: { StreamEnabled: true }, LatestStreamArn: 'arn:stream' } },
};

type Input = Readonly<Record<string, unknown>>;

function callOf(service: string, name: string, input: Input): Call {
  const at = (rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
  const table = at(`table/${String(input.TableName)}`);
  const bucket = `arn:aws:s3:::${String(input.Bucket)}`;
  switch (`${service}:${name}`) {
    case 'dynamodb:DescribeTable':
      return { action: 'dynamodb:DescribeTable', resource: table };
    case 'dynamodb:Query':
      return { action: 'dynamodb:Query', resource: `${table}/index/${String(input.IndexName)}` };
    case 'dynamodb:GetItem': {
      const [{ S = '' } = {}] = Object.values(input.Key as Readonly<Record<string, { readonly S?: string }>>);
      return { action: 'dynamodb:GetItem', resource: table, row: S };
    }
    case 'lambda:GetPolicy':
      return { action: 'lambda:GetPolicy', resource: at(`function:${String(input.FunctionName)}`) };
    case 's3:HeadBucket':
      return { action: 's3:ListBucket', resource: bucket };
    case 's3:GetBucketPolicy':
      return { action: 's3:GetBucketPolicy', resource: bucket };
    case 'ses:GetEmailIdentity':
      return { action: 'ses:GetEmailIdentity', resource: at(`identity/${String(input.EmailIdentity)}`) };
    case 'sns:ListSubscriptionsByTopic':
      return { action: 'sns:ListSubscriptionsByTopic', resource: String(input.TopicArn) };
    default:
      return { action: `${service}:${name}`, resource: '*' };
  }
}

interface Written {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: {
    readonly 'ForAllValues:StringEquals'?: { readonly 'dynamodb:LeadingKeys'?: readonly string[] };
  };
}

const statements = [...walk(readTemplate().Resources.GithubDeployRole?.Properties?.Policies)]
  .map(([, value]) => value as Written | null)
  .filter((value): value is Written => value?.Effect === 'Allow' && value.Action !== undefined)
  // What lets the workflow in has no resource.
  .filter(({ Resource }) => Resource !== undefined);

/** The rows that a statement lets be read; undefined for all. */
const rowsOf = ({ Condition }: Written) => Condition?.['ForAllValues:StringEquals']?.['dynamodb:LeadingKeys'];

function resourcesOf({ Resource }: Written): string[] {
  return [Resource].flat().map((resource) =>
    plain(resource)
      .replaceAll('$' + '{AWS::Partition}', 'aws')
      .replaceAll('$' + '{AWS::Region}', region)
      .replaceAll('$' + '{AWS::AccountId}', account),
  );
}

function lets(statement: Written, { action, resource, row }: Call): boolean {
  const rows = rowsOf(statement);
  return (
    [statement.Action].flat().includes(action) &&
    resourcesOf(statement).some((pattern) => matches(pattern, resource)) &&
    (row === undefined || rows === undefined || rows.includes(row))
  );
}

function matches(pattern: string, resource: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(resource);
}

const calls: Call[] = [];

beforeAll(async () => {
  const stage = String(readTemplate().Resources.RuleSet?.Properties?.RuleSetName).replace('aliasops-', '');
  const { settings } = readStageFile(stage);
  if (settings === undefined) throw new Error('the stage has no settings');
  const clients = clientsIn(region);
  const services = { sesv2: 'ses', cloudWatch: 'cloudwatch' } as Readonly<Record<string, string>>;
  for (const [name, client] of Object.entries(clients)) {
    Object.assign(client, {
      send: async (command: { readonly input: object }) => {
        const call = command.constructor.name.replace(/Command$/, '');
        calls.push(callOf(services[name] ?? name, call, { ...command.input }));
        return { $metadata: {}, ...answers[call] };
      },
    });
  }
  const dns = {
    mx: async () => ({ found: [] }),
    txt: async () => ({ found: [] }),
    cname: async () => ({ found: [] }),
    exists: async () => ({ found: true }),
  };
  const names = namesOf(stage, settings);
  await observe({ ...clients, dns }, settings, names, ['example.com'], curesOf(stage, {}));
});

describe('the deploy role', () => {
  it('lets its workflow run doctor, call by call', () => {
    const asked = calls.filter(({ action }) => action !== 'sts:GetCallerIdentity');
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((call) => !statements.some((statement) => lets(statement, call)))).toEqual([]);
  });

  it('lets rows be read that doctor reads, by tables and by keys, and no others', () => {
    const read = calls.filter(({ row }) => row !== undefined);
    const granting = statements.filter(({ Action }) => [Action].flat().includes('dynamodb:GetItem'));
    const unique = (all: readonly (string | undefined)[]) => [...new Set(all)].sort();
    expect(unique(granting.flatMap(resourcesOf))).toEqual(unique(read.map(({ resource }) => resource)));
    expect(unique(granting.flatMap((one) => rowsOf(one) ?? ['every row']))).toEqual(
      unique(read.map(({ row }) => row)),
    );
  });
});
