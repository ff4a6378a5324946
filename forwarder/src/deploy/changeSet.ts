import { setTimeout as pause } from 'node:timers/promises';
import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeStackResourceCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Place } from '../account/place.ts';
import { changeLines } from './changeLines.ts';

/** Where a change set is made, and how often one looks whether it is. */
export interface ChangeSetOptions {
  readonly formation: CloudFormationClient;
  readonly s3: S3Client;
  readonly place: Pick<Place, 'region'>;
  readonly stackName: string;
  readonly waitMs: number;
}

const key = 'diff/template.json';
const ChangeSetName = 'diff';

/**
 * What CloudFormation says that a template would change in a deployed stack, one line per resource. The change set is made,
 * read and deleted. The template goes through the stack's deployment bucket, since it is longer than a call may be
 * (51,200 bytes). Throws what CloudFormation has against the template.
 */
export async function changesByChangeSet(options: ChangeSetOptions, template: string): Promise<string[]> {
  const { formation, s3, place, stackName: StackName } = options;
  const found = await formation.send(
    new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'ServerlessDeploymentBucket' }),
  );
  const Bucket = found.StackResourceDetail?.PhysicalResourceId ?? '';
  await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: template }));
  try {
    await formation.send(
      new CreateChangeSetCommand({
        StackName,
        ChangeSetName,
        TemplateURL: `https://${Bucket}.s3.${place.region}.amazonaws.com/${key}`,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
      }),
    );
    return changeLines((await made(options)).flatMap(({ ResourceChange: change }) => change ?? []));
  } finally {
    await formation.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
  }
}

type Changes = NonNullable<DescribeChangeSetCommandOutput['Changes']>;

/** The changes over all pages, as soon as they are known. */
async function made({ formation, stackName, waitMs }: ChangeSetOptions): Promise<Changes> {
  const changes: Changes = [];
  let NextToken: string | undefined;
  for (;;) {
    const page = await formation.send(
      new DescribeChangeSetCommand({ StackName: stackName, ChangeSetName, NextToken }),
    );
    if (page.Status === 'FAILED') {
      // So it says that nothing changes.
      if (/didn't contain changes|No updates are to be performed/.test(page.StatusReason ?? '')) return [];
      throw new Error(`CloudFormation does not take the template: ${page.StatusReason ?? 'no reason given'}`);
    }
    if (page.Status !== 'CREATE_COMPLETE') {
      await pause(waitMs);
      continue;
    }
    changes.push(...(page.Changes ?? []));
    NextToken = page.NextToken;
    if (NextToken === undefined) return changes;
  }
}
