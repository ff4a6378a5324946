import type { StageSettings } from '../../../schema/src/stage/stage.ts';
import type { Cures } from '../account/cures.ts';
import { type Place, roleArn } from '../account/place.ts';

/**
 * What comes after a deployment: the roles that it made for the workflows, how GitHub gets to know them, and the rest of
 * the set-up. `stack` is what the stack is called.
 */
export function nextSteps(
  { region, github }: Pick<StageSettings, 'region' | 'github'>,
  stack: string,
  place: Place,
  cures: Pick<Cures, 'setup' | 'setupRepository'>,
): string {
  const roles = ['read', 'sync', 'deploy'].map(
    (name) => [`AWS_${name.toUpperCase()}_ROLE`, roleArn(place, `${stack}-github-${name}`)] as const,
  );
  const variables = [
    ['AWS_REGION', region],
    ...roles,
    ...(github.trust === 'branch' ? [['AWS_TRUST', 'branch'] as const] : []),
  ];
  const repository = `${github.owner}/${github.repository}`;
  return [
    'The roles of the workflows:',
    ...roles.map(([, arn]) => `  ${arn}`),
    `GitHub gets to know them by these lines, or with all the rest by ${cures.setupRepository}:`,
    ...variables.map(([name, value]) => `  gh variable set ${name} --repo ${repository} --body ${value}`),
    `Next, ${cures.setup} sets up the domains in SES.`,
    '',
  ].join('\n');
}
