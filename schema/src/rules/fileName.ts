import { meantName, properName } from '../files/fileNames.ts';
import type { Loaded } from '../files/load.ts';
import { type Message, say } from '../messages/message.ts';
import { startOfFile } from '../text/source.ts';
import type { Rule } from './rule.ts';

export const fileName: Rule = {
  code: 'file-name',
  summary:
    'A file is named after its domain, in lower case and punycode, ends in `.yml`, and is in no subfolder.',
  *find({ loaded, options }) {
    const names = new Set(loaded.map(({ file }) => file.name));
    for (const one of loaded) {
      const [message, help] = one.role === 'other' ? unread(one, names, options.folder) : misnamed(one);
      if (message === undefined || help === undefined) continue;
      yield { code: 'file-name', severity: 'error', message, help, ...startOfFile(one.file.path) };
    }
  },
};

type Fault = readonly [message?: Message, help?: Message];

/** A file that is meant to be read, and is not: the mail that it is about would change in silence. */
function unread({ file }: Loaded, names: ReadonlySet<string>, folder: string): Fault {
  const { name, kind } = file;
  const meant = kind === 'directory' ? undefined : meantName(name);
  if (meant === undefined) return [];
  const isBelow = name.includes('/');
  const message = isBelow
    ? say('`{name}` is not read, because it is in a subfolder.', { name })
    : say('`{name}` is not read, because its name does not end in `.yml`.', { name });
  if (names.has(meant))
    return [message, say('delete it, since there is a `{name}` already', { name: meant })];
  const right = isBelow
    ? say('move it to `{path}`, or delete it', { path: `${folder.replace(/\/+$/, '')}/${meant}` })
    : say('rename it to `{name}`, or delete it', { name: meant });
  return [message, right];
}

function misnamed({ file: { name }, role }: Loaded): Fault {
  const proper = properName(name);
  if (proper === name) return [];
  if (role === 'misnamed') {
    return [
      say(
        '`{name}` is not a file that aliasops knows: only `_shared.yml` and `_policy.yml` start with an underscore.',
        { name },
      ),
      say('rename it to one of them, or delete it'),
    ];
  }
  return proper === undefined
    ? [
        say('This file is named `{name}`, but the part before `.yml` is not a domain.', { name }),
        say('name it after its domain, as in `example.com.yml`'),
      ]
    : [
        say('This file is named `{name}`, but must be named `{proper}`.', { name, proper }),
        say('rename it to `{name}`', { name: proper }),
      ];
}
