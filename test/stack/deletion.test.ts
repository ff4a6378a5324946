import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forwarderFolder } from '../packaged.ts';
import { readTemplate, type Template } from './template.ts';
import { brokenAt } from './walkThrough.ts';

// The local system has nothing but the template: without a resource, what it makes does not come about.

const template = withoutWindows(readTemplate());

it.concurrent('makes every step come about with the whole template', async () => {
  expect(await brokenAt(template)).toBeUndefined();
});

it.concurrent.each([
  ['definitions-table', 'start'],
  ['domains-table', 'start'],
  ['aliases-table', 'rows for an alias'],
  ['bounces-table', 'start'],
  ['deliveries-table', 'a forward'],
  ['message-bucket', 'start'],
  ['rule-set', 'start'],
  ['spam-rule', 'start'],
  ['process-rule', 'a forward'],
  ['bounce-topic', 'start'],
  ['complaint-topic', 'start'],
])('breaks without resources/%s.yml, at: %s', async (file, place) => {
  const text = readFileSync(join(forwarderFolder, `resources/${file}.yml`), 'utf8');
  const [, resources = ''] = /^Resources:\n([\s\S]*?)(?=^\S|$(?![\s\S]))/m.exec(text) ?? [];
  const ids = [...resources.matchAll(/^ {2}(\w+):$/gm)].map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(0);
  expect(
    await brokenAt(
      without(template, (id) => ids.includes(id)),
      place,
    ),
  ).toBe(place);
});

it.concurrent.each([
  ['the stream of definitions', /^TriggerBuildEventSourceMapping\w+DefinitionsTable$/, 'rows for an alias'],
  ['the stream of domains', /^TriggerBuildEventSourceMapping\w+DomainsTable$/, 'a build for a domain'],
  ['the stream of bounces', /^UpdateBounceCountEventSourceMapping/, 'a bounce that counts'],
  ['the subscription to bounces', /SnsSubscription\w+bounces$/, 'a bounce that counts'],
  ['the subscription to complaints', /SnsSubscription\w+complaints$/, 'a complaint that counts'],
  ['the schedule of builds', /^BuildForwards\w*EventsRuleSchedule/, 'the hourly build'],
  ['the schedule of new attempts', /^RetryDeliveries\w*EventsRuleSchedule/, 'a new attempt'],
])('breaks without %s (%s), at: %s', async (_, ids, place) => {
  expect(Object.keys(template.Resources).filter((id) => ids.test(id))).not.toEqual([]);
  expect(
    await brokenAt(
      without(template, (id) => ids.test(id)),
      place,
    ),
  ).toBe(place);
});

function without(whole: Template, isGone: (id: string) => boolean): Template {
  const kept = Object.entries(whole.Resources).filter(([id]) => !isGone(id));
  return { ...whole, Resources: Object.fromEntries(kept) };
}

/** Streams that gather nothing, to be quick. */
function withoutWindows(whole: Template): Template {
  return JSON.parse(
    JSON.stringify(whole).replaceAll(
      /"MaximumBatchingWindowInSeconds":\d+/g,
      '"MaximumBatchingWindowInSeconds":0',
    ),
  ) as Template;
}
