import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../../forwarder/local/servers/httpServer.ts';
import { type S3Server, startS3 } from '../../forwarder/local/servers/s3.ts';
import { changesByChangeSet } from '../../forwarder/src/deploy/changeSet.ts';

const Bucket = 'deployment';

let server: HttpServer;
let storage: S3Server;
let s3: S3Client;
let formation: CloudFormationClient;
const calls: string[] = [];
/** What is answered to one DescribeChangeSet after another. */
const described: string[] = [];

beforeAll(async () => {
  storage = await startS3();
  server = await startHttpServer(async ({ body }) => {
    const action = new URLSearchParams(body.toString()).get('Action') ?? '';
    calls.push(action);
    const result =
      action === 'DescribeStackResource'
        ? `<StackResourceDetail><PhysicalResourceId>${Bucket}</PhysicalResourceId></StackResourceDetail>`
        : action === 'DescribeChangeSet'
          ? (described.shift() ?? '')
          : '';
    const text = `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: text };
  });
  const { credentials, endpoint } = storage;
  const region = 'eu-west-1';
  s3 = new S3Client({ region, endpoint, credentials });
  formation = new CloudFormationClient({ region, endpoint: server.endpoint, credentials });
  await s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  await server.stop();
  await storage.stop();
});

beforeEach(() => {
  calls.length = 0;
  described.length = 0;
});

function change(action: string, id: string, type: string, replacement = '', details = ''): string {
  const replaced = replacement === '' ? '' : `<Replacement>${replacement}</Replacement>`;
  return `<member><Type>Resource</Type><ResourceChange><Action>${action}</Action><LogicalResourceId>${id}</LogicalResourceId><ResourceType>${type}</ResourceType>${replaced}<Details>${details}</Details></ResourceChange></member>`;
}

/** One property of a change, with its value before and after. */
function detail(evaluation: string, source: string, cause: string, target: string): string {
  const causing = cause === '' ? '' : `<CausingEntity>${cause}</CausingEntity>`;
  return `<member><Evaluation>${evaluation}</Evaluation><ChangeSource>${source}</ChangeSource>${causing}<Target>${target}</Target></member>`;
}

function property(name: string, recreation: string, after: string): string {
  return `<Attribute>Properties</Attribute><Name>${name}</Name><Path>/Properties/${name}</Path><RequiresRecreation>${recreation}</RequiresRecreation><AttributeChangeType>Modify</AttributeChangeType><BeforeValue>former</BeforeValue><AfterValue>${after}</AfterValue>`;
}

const diff = () =>
  changesByChangeSet(
    { formation, s3, place: { region: 'eu-west-1' }, stackName: 'aliasops-production', waitMs: 1 },
    '{}',
  );

it('says what comes, changes, goes and is replaced, over all pages, and leaves nothing behind', async () => {
  const complete = '<Status>CREATE_COMPLETE</Status>';
  described.push(
    '<Status>CREATE_IN_PROGRESS</Status>',
    `${complete}<NextToken>more</NextToken><Changes>${change('Add', 'New', 'AWS::SNS::Topic')}${change('Modify', 'Spam', 'AWS::Lambda::Function', 'False')}</Changes>`,
    `${complete}<Changes>${change('Modify', 'Rows', 'AWS::DynamoDB::Table', 'True')}${change('Remove', 'Old', 'AWS::SQS::Queue')}</Changes>`,
  );
  expect(await diff()).toEqual([
    'REPLACE Rows (AWS::DynamoDB::Table)',
    'create New (AWS::SNS::Topic)',
    'delete Old (AWS::SQS::Queue)',
    'update Spam (AWS::Lambda::Function)',
  ]);
  expect(calls.filter((call) => call !== 'DescribeChangeSet')).toEqual([
    'DescribeStackResource',
    'CreateChangeSet',
    'DeleteChangeSet',
  ]);
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).toEqual([]);
});

it('says what is replaced where CloudFormation says so, and lists no follower of what stays', async () => {
  const follows = detail(
    'Dynamic',
    'ResourceAttribute',
    'Spam.Arn',
    property('FunctionName', 'Always', '{{changeSet:KNOWN_AFTER_APPLY}}'),
  );
  described.push(
    `<Status>CREATE_COMPLETE</Status><Changes>${[
      change('Modify', 'Permission', 'AWS::Lambda::Permission', 'Conditional', follows),
      change(
        'Modify',
        'Rows',
        'AWS::DynamoDB::Table',
        'True',
        detail('Static', 'DirectModification', '', property('KeySchema', 'Always', 'later')),
      ),
      change(
        'Modify',
        'Mails',
        'AWS::S3::Bucket',
        'Conditional',
        detail('Dynamic', 'DirectModification', '', property('BucketName', 'Always', 'later')),
      ),
      change(
        'Modify',
        'Spam',
        'AWS::Lambda::Function',
        'False',
        detail('Static', 'DirectModification', '', property('MemorySize', 'Never', '512')),
      ),
    ].join('')}</Changes>`,
  );
  expect(await diff()).toEqual([
    'REPLACE Rows (AWS::DynamoDB::Table): KeySchema',
    'may replace Mails (AWS::S3::Bucket): BucketName',
    'update Spam (AWS::Lambda::Function): MemorySize',
  ]);
});

it('knows that a change set without changes fails', async () => {
  described.push(
    "<Status>FAILED</Status><StatusReason>The submitted information didn't contain changes.</StatusReason>",
  );
  expect(await diff()).toEqual([]);
});

it('says what CloudFormation has against a template, and deletes the change set', async () => {
  described.push('<Status>FAILED</Status><StatusReason>Template error</StatusReason>');
  await expect(diff()).rejects.toThrow('Template error');
  expect(calls.at(-1)).toBe('DeleteChangeSet');
});
