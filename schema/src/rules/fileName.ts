import { meantName, properName } from '../files/fileNames.ts';
import type { Loaded } from '../files/load.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
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

type Fault = readonly [message?: Diagnostic['message'], help?: string];

/** A file that is meant to be read, and is not: the mail that it is about would change in silence. */
function unread({ file }: Loaded, names: ReadonlySet<string>, folder: string): Fault {
  const { name, kind } = file;
  const meant = kind === 'directory' ? undefined : meantName(name);
  if (meant === undefined) return [];
  const isBelow = name.includes('/');
  const message = isBelow
    ? `\`${name}\` is not read, because it is in a subfolder.`
    : `\`${name}\` is not read, because its name does not end in \`.yml\`.`;
  if (names.has(meant)) return [message, `delete it, since there is a \`${meant}\` already`];
  const right = isBelow
    ? `move it to \`${folder.replace(/\/+$/, '')}/${meant}\``
    : `rename it to \`${meant}\``;
  return [message, `${right}, or delete it`];
}

function misnamed({ file: { name }, role }: Loaded): Fault {
  const proper = properName(name);
  if (proper === name) return [];
  if (role === 'misnamed') {
    return [
      `\`${name}\` is not a file that aliasops knows: only \`_shared.yml\` and \`_policy.yml\` start with an underscore.`,
      'rename it to one of them, or delete it',
    ];
  }
  return proper === undefined
    ? [
        `This file is named \`${name}\`, but the part before \`.yml\` is not a domain.`,
        'name it after its domain, as in `example.com.yml`',
      ]
    : [`This file is named \`${name}\`, but must be named \`${proper}\`.`, `rename it to \`${proper}\``];
}
