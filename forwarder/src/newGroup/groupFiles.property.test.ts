import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check } from '../../../schema/src/check.ts';
import { readStage } from '../../../schema/src/stage/readStage.ts';
import { ownerSamples, stageSamples } from '../../../schema/src/stage/stageSamples.ts';
import { createSourceText } from '../../../schema/src/text/source.ts';
import { allAnswered, readAnswers } from './answers.ts';
import { groupFiles } from './groupFiles.ts';

const word = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domain = fc
  .tuple(word, fc.constantFrom('internal', 'ch', 'org', 'xn--p1ai'))
  .map((parts) => parts.join('.'));
const mailbox = fc.tuple(word, domain).map(([local, at]) => `${local}@${at}`);
const mailboxes = fc.array(mailbox, { minLength: 1, maxLength: 3 }).map((all) => all.join(','));
const number = fc.integer({ min: 2, max: 2_000_000_000 }).map(String);
const login = fc.oneof(word, fc.constantFrom('null', 'true', '123', '1e3', 'no'));

it('whatever is answered, the files are right, and nothing of the template is left', () => {
  fc.assert(
    fc.property(
      fc.record({
        domain,
        postmaster: mailboxes,
        alias: fc.oneof(word, fc.constantFrom('null', 'no', '1e3', '__proto__')),
        to: mailboxes,
        region: fc.constantFrom('eu-west-1', 'us-gov-east-1'),
        repository: fc.tuple(login, login).map((parts) => parts.join('/')),
        alarm: mailbox,
        maintainers: fc.option(login, { nil: undefined }),
        'owner-id': number,
        'repository-id': number,
      }),
      (given) => {
        const { known } = readAnswers(given);
        fc.pre(allAnswered(known));
        const { writes, removes, refused } = groupFiles(known, new Map(), () => false);
        expect({ removes, refused, count: writes.size }).toEqual({ removes: [], refused: [], count: 5 });
        const files = [...writes].flatMap(([path, text]) => {
          const [, name] = /^aliases\/(.*)$/.exec(path) ?? [];
          const bytes = Buffer.from(text);
          return name === undefined ? [] : [{ name, path, kind: 'file' as const, bytes }];
        });
        const reserved = ['forwarder-daemon', 'mailer-daemon'];
        const checked = check(files, { today: '2026-11-24', reserved, folder: 'aliases', isLive: true });
        expect(checked.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect([checked.domains, checked.aliases]).toEqual([1, 3]);
        const settings = writes.get('forwarder/stages/production.yml') ?? '';
        expect(readStage(settings, 'stage').settings).toMatchObject({
          region: known.region,
          alarmAddress: known.alarm,
          bounceSender: `mailer-daemon@${known.domain}`,
          github: {
            owner: known.repository.split('/')[0],
            repository: known.repository.split('/')[1],
            ownerId: known['owner-id'],
            repositoryId: known['repository-id'],
          },
        });
        const owners = writes.get('.github/CODEOWNERS') ?? '';
        expect(owners).toContain(`* ${known.maintainers.join(' ')}\n`);
        expect([
          ...stageSamples(createSourceText('stage', settings)),
          ...ownerSamples(createSourceText('owners', owners)),
        ]).toEqual([]);
        // A second run has nothing left to do.
        expect(groupFiles(known, writes, () => false).writes.size).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});
