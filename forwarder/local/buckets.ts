import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Stack } from './template/stack.ts';

/** Creates the stack's buckets: those with a name, since the deployment's own, for the bundles, has none. */
export async function createBuckets(client: S3Client, stack: Stack): Promise<void> {
  const buckets = stack
    .ofType<{ readonly BucketName?: string }>('AWS::S3::Bucket')
    .filter(({ properties }) => properties.BucketName !== undefined);
  await Promise.all(buckets.map(({ name }) => client.send(new CreateBucketCommand({ Bucket: name }))));
}
