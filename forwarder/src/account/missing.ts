const names = new Set([
  'NoSuchBucket',
  'NoSuchBucketPolicy',
  'NoSuchEntityException',
  'NotFound',
  'NotFoundException',
  'ResourceNotFoundException',
]);

/** The answer of a service; undefined when it says that there is no such thing. */
export async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && isMissing(error)) return undefined;
    throw error;
  }
}

/** CloudFormation has no distinct error for a stack that does not exist. */
function isMissing({ name, message }: Error): boolean {
  return names.has(name) || (name === 'ValidationError' && /does not exist/.test(message));
}
