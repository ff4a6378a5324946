import { HeadBucketCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { BucketOwner } from './findings.ts';
import { orMissing } from './place.ts';

/** Bucket names are one space for all of AWS: a name that is there may be somebody else's. */
export async function observeBucket(s3: S3Client, bucket: string, account: string): Promise<BucketOwner> {
  try {
    const command = new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: account });
    return (await orMissing(s3.send(command))) === undefined ? 'missing' : 'ours';
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) return 'foreign';
    throw error;
  }
}
