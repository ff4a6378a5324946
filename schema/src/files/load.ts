import { type Message, say } from '../messages/message.ts';
import { type Shape, validate } from '../shape/validate.ts';
import { decode } from '../syntax/decode.ts';
import { parse } from '../syntax/parse.ts';
import type { Table } from '../syntax/value.ts';
import type { Finding } from '../text/diagnostic.ts';
import { type SourceFile, startOfFile } from '../text/source.ts';
import { domainOf, type FileRole, roleOf } from './fileNames.ts';
import { readablePart } from './readablePart.ts';

/** Bytes; a domain of 10,000 aliases needs about as much. */
export const fileLimit = 1_048_576;

/** A file after its own stages, syntax and shape. */
export interface Loaded {
  readonly file: SourceFile;
  readonly role: FileRole;
  /** What of it can be judged: all, where both stages were passed; less, where mistakes of shape keep to themselves. */
  readonly root?: Table;
  /** The names, as written, of aliases that are left out of `root`, since they have mistakes of shape. */
  readonly unread: readonly string[];
  readonly findings: readonly Finding[];
}

/** Reads a file, up to its shape. What has a mistake is not judged further, and nothing else is left out for it. */
export function load(file: SourceFile): Loaded {
  const role = roleOf(file.name);
  const failed = (findings: readonly Finding[]): Loaded => ({ file, role, unread: [], findings });
  if (role === 'other') return failed([]);
  const unreadable = entryFault(file);
  if (unreadable !== undefined) return failed([unreadable]);
  if (role === 'misnamed') return failed([]);
  const { source, findings } = decode(file.path, file.bytes);
  if (findings.length > 0) return failed(findings);
  const parsed = parse(source);
  if (parsed.findings !== undefined) return failed(parsed.findings);
  const { value } = parsed;
  if (value === undefined) {
    return role === 'policy' ? failed([]) : failed([emptyFile(file, role)]);
  }
  if (value.kind !== 'table') return failed([noMap(file, role)]);
  const mistakes = validate(role, value);
  const part = readablePart(role, value, mistakes);
  return { file, role, unread: [], ...part, findings: mistakes.map(({ finding }) => finding) };
}

function entryFault({ path, kind, bytes, size = bytes.length }: SourceFile): Finding | undefined {
  if (kind === 'directory') {
    return {
      code: 'not-a-file',
      severity: 'error',
      message: say('`{path}` is named like an alias file, but it is a folder.', { path }),
      help: say('move its contents up one folder, or rename it'),
      ...startOfFile(path),
    };
  }
  if (kind === 'link') {
    return {
      code: 'not-a-file',
      severity: 'error',
      message: say(
        '`{path}` is a link to something else, which could change without a review of this file.',
        {
          path,
        },
      ),
      help: say('replace the link with the file itself'),
      ...startOfFile(path),
    };
  }
  if (kind !== 'too-large' && size <= fileLimit) return undefined;
  return {
    code: 'file-too-large',
    severity: 'error',
    message: say('This file is too large: {size, number} KB, and the limit is {limit, number} KB.', {
      size: Math.ceil(size / 1024),
      limit: fileLimit / 1024,
    }),
    help: say('remove what does not belong in it'),
    ...startOfFile(path),
  };
}

function emptyFile({ path, name }: SourceFile, role: Shape): Finding {
  return {
    code: 'empty-file',
    severity: 'error',
    message: say('This file is empty.'),
    help: emptyCure(name, role),
    ...startOfFile(path),
  };
}

function emptyCure(name: string, role: Shape): Message {
  if (role === 'shared') return say('delete it if no aliases are shared; otherwise write `aliases:`');
  const domain = domainOf(name);
  return domain === undefined
    ? say('delete it if the domain should get no mail; otherwise write `domain:` and `aliases:`')
    : say('delete it if {domain} should get no mail; otherwise write `domain:` and `aliases:`', { domain });
}

function noMap({ path }: SourceFile, role: Shape): Finding {
  const line = role === 'domain' ? 'domain: example.com' : role === 'shared' ? 'aliases:' : 'protected:';
  return {
    code: 'no-map',
    severity: 'error',
    message: say('This file must consist of lines that begin with a name and a colon.'),
    help: say('start it with a line such as `{line}`', { line }),
    ...startOfFile(path),
  };
}
