import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parametersFor } from '../../forwarder/src/deploy/existing.ts';
import { namesOf } from '../../schema/src/stage/stage.ts';
import { layForwarder, pack, packagedFolder } from '../packaged.ts';
import { shapeFaults } from './shape.ts';
import { readTemplate, referencesOf, type Template } from './template.ts';

// A folder of its own, so that the template that other tests read stays as it is.
const folder = mkdtempSync(join(tmpdir(), 'aliasops-package-'));
layForwarder(folder);
cpSync(join(packagedFolder, 'dist'), join(folder, 'dist'), { recursive: true });

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function packaged(...parameters: readonly string[]): Template {
  pack(folder, parameters);
  return readTemplate(folder);
}

const withoutTime = (template: Template) =>
  JSON.stringify(template).replaceAll(/\d+-\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');

const names = namesOf('production', {});
const fresh = readTemplate();

describe('packaging', () => {
  it('gives the same template twice', () => {
    expect(withoutTime(packaged())).toBe(withoutTime(fresh));
  });

  it('uses the names that the commands use', () => {
    const text = JSON.stringify(fresh);
    const written = Object.values(names).map((name) => name.replace('ACCOUNT', `\${AWS::AccountId}`));
    for (const name of written) expect(text).toContain(`"${name}"`);
  });

  it('references what a removed stack left, and makes the rest', () => {
    const place = 'eu-west-1:123456789012';
    const stream = (table: string) => ({ streamArn: `arn:aws:dynamodb:${place}:table/${table}/stream/now` });
    const { parameters = [] } = parametersFor(
      {
        tables: new Map<string, { streamArn?: string }>([
          [names.definitions, stream(names.definitions)],
          [names.domains, stream(names.domains)],
          [names.bounces, stream(names.bounces)],
          [names.deliveries, {}],
        ]),
        bucket: { name: 'aliasops-production-mail-123456789012', isOurs: true },
        topics: new Map(),
        hasRuleSet: true,
        oidcProvider: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
      },
      new Set(),
      names,
    );
    const again = packaged(...parameters);
    const kept = [
      'BouncesTable',
      'DefinitionsTable',
      'DeliveriesTable',
      'DomainsTable',
      'GithubOidcProvider',
      'MessageBucket',
      'RuleSet',
    ];
    const mappings = (id: string) => id.includes('EventSourceMapping');
    const gone = Object.keys(fresh.Resources).filter((id) => !Object.hasOwn(again.Resources, id));
    expect(gone.filter((id) => !mappings(id)).sort()).toEqual(kept);
    expect(Object.keys(again.Resources).filter(mappings)).toHaveLength(3);
    expect(shapeFaults(again)).toEqual([]);
    expect(referencesOf(again).filter(({ to }) => !Object.hasOwn(again.Resources, to))).toEqual([]);
  });

  it('takes over the names of another deployment', () => {
    const { parameters = [] } = parametersFor(
      {
        tables: new Map(),
        topics: new Map([
          [names.bounceTopic, 'arn:aws:sns:eu-west-1:123456789012:aliasops-production-bounces'],
        ]),
        hasRuleSet: false,
      },
      new Set(),
      names,
    );
    const taken = packaged(...parameters);
    expect(taken.Resources).not.toHaveProperty('BounceTopic');
    expect(taken.Resources).toHaveProperty('ComplaintTopic');
    expect(shapeFaults(taken)).toEqual([]);
  });
});
