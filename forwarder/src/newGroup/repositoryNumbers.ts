/** The numbers that GitHub has for a repository, and for its owner. */
export interface RepositoryNumbers {
  readonly 'owner-id': string;
  readonly 'repository-id': string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Asks GitHub. Undefined where it does not answer, or shows no such repository to whoever asks. */
export async function repositoryNumbers(
  repository: string,
  environment: Environment,
): Promise<RepositoryNumbers | undefined> {
  const token = environment.GITHUB_TOKEN || environment.GH_TOKEN;
  const url = `${environment.GITHUB_API_URL || 'https://api.github.com'}/repos/${repository}`;
  try {
    const answer = await fetch(url, {
      headers: {
        accept: 'application/vnd.github+json',
        ...(token === undefined ? {} : { authorization: `token ${token}` }),
      },
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok) return undefined;
    return numbersIn(await answer.json());
  } catch {
    return undefined;
  }
}

function numbersIn(answer: unknown): RepositoryNumbers | undefined {
  const owner = fieldOf(answer, 'owner');
  const [ownerId, id] = [fieldOf(owner, 'id'), fieldOf(answer, 'id')];
  if (typeof ownerId !== 'number' || typeof id !== 'number') return undefined;
  return { 'owner-id': String(ownerId), 'repository-id': String(id) };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;
}
