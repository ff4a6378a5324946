import { expect, it } from 'vitest';
import { curesOf } from '../account/cures.ts';
import { nextSteps } from './nextSteps.ts';

const place = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };
const github = { owner: 'sonnenhof', repository: 'mail', ownerId: 11, repositoryId: 12 };
const region = 'eu-central-1';

it('names the roles, and how GitHub gets to know them', () => {
  expect(
    nextSteps({ region, github }, 'aliasops-production', place, curesOf('production', {})),
  ).toMatchInlineSnapshot(`
    "The roles of the workflows:
      arn:aws:iam::123456789012:role/aliasops-production-github-read
      arn:aws:iam::123456789012:role/aliasops-production-github-sync
      arn:aws:iam::123456789012:role/aliasops-production-github-deploy
    GitHub gets to know them by these lines, or with all the rest by npm run -s forwarder -- setup github:
      gh variable set AWS_REGION --repo sonnenhof/mail --body eu-central-1
      gh variable set AWS_READ_ROLE --repo sonnenhof/mail --body arn:aws:iam::123456789012:role/aliasops-production-github-read
      gh variable set AWS_SYNC_ROLE --repo sonnenhof/mail --body arn:aws:iam::123456789012:role/aliasops-production-github-sync
      gh variable set AWS_DEPLOY_ROLE --repo sonnenhof/mail --body arn:aws:iam::123456789012:role/aliasops-production-github-deploy
    Next, npm run -s forwarder -- setup sets up the domains in SES.
    "
  `);
});

it('has the workflows name no environment where the branch is trusted', () => {
  const trusting = { region, github: { ...github, trust: 'branch' as const } };
  expect(nextSteps(trusting, 'aliasops-test', place, curesOf('test', {}))).toContain(
    '  gh variable set AWS_TRUST --repo sonnenhof/mail --body branch\n',
  );
});
