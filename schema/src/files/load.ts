import { type Shape, validate } from '../shape/validate.ts';
import { decode } from '../syntax/decode.ts';
import { parse } from '../syntax/parse.ts';
import type { Table } from '../syntax/value.ts';
import type { Diagnostic } from '../text/diagnostic.ts';
import { type SourceFile, startOfFile } from '../text/source.ts';
import { domainOf, type FileRole, roleOf } from './fileNames.ts';

/** Bytes; a domain of 10,000 aliases needs about as much. */
export const fileLimit = 1_048_576;

/** A file after its own stages: syntax, then shape. `root` is there if both were passed. */
export interface Loaded {
  readonly file: SourceFile;
  readonly role: FileRole;
  readonly root?: Table;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file, up to its shape. A stage that fails is the last, for this file alone. */
export function load(file: SourceFile): Loaded {
  const role = roleOf(file.name);
  const failed = (diagnostics: readonly Diagnostic[]): Loaded => ({ file, role, diagnostics });
  if (role === 'other') return failed([]);
  const unreadable = entryFault(file);
  if (unreadable !== undefined) return failed([unreadable]);
  if (role === 'misnamed') return failed([]);
  const { source, diagnostics } = decode(file.path, file.bytes);
  if (diagnostics.length > 0) return failed(diagnostics);
  const parsed = parse(source);
  if (parsed.diagnostics !== undefined) return failed(parsed.diagnostics);
  const { value } = parsed;
  if (value === undefined) {
    return role === 'policy' ? failed([]) : failed([emptyFile(file, role)]);
  }
  if (value.kind !== 'table') return failed([noMap(file, role)]);
  const mistakes = validate(role, value);
  return mistakes.length > 0 ? failed(mistakes) : { file, role, root: value, diagnostics: [] };
}

function entryFault({ path, kind, bytes, size = bytes.length }: SourceFile): Diagnostic | undefined {
  if (kind === 'directory') {
    return {
      code: 'not-a-file',
      severity: 'error',
      message: `\`${path}\` is named like an alias file, but it is a folder.`,
      help: 'move its contents up one folder, or rename it',
      ...startOfFile(path),
    };
  }
  if (kind === 'link') {
    return {
      code: 'not-a-file',
      severity: 'error',
      message: `\`${path}\` is a link to something else, which could change without a review of this file.`,
      help: 'replace the link with the file itself',
      ...startOfFile(path),
    };
  }
  if (kind !== 'too-large' && size <= fileLimit) return undefined;
  return {
    code: 'file-too-large',
    severity: 'error',
    message: `This file is too large: ${Math.ceil(size / 1024).toLocaleString('en')} KB, and the limit is ${(fileLimit / 1024).toLocaleString('en')} KB.`,
    help: 'remove what does not belong in it',
    ...startOfFile(path),
  };
}

function emptyFile({ path, name }: SourceFile, role: Shape): Diagnostic {
  return {
    code: 'empty-file',
    severity: 'error',
    message: 'This file is empty.',
    help: emptyCure(name, role),
    ...startOfFile(path),
  };
}

function emptyCure(name: string, role: Shape): string {
  const domain = domainOf(name);
  return role === 'shared'
    ? 'delete it if no aliases are shared; otherwise write `aliases:`'
    : `delete it if ${domain ?? 'the domain'} should get no mail; otherwise write \`domain:\` and \`aliases:\``;
}

function noMap({ path }: SourceFile, role: Shape): Diagnostic {
  const first =
    role === 'domain' ? '`domain: example.com`' : role === 'shared' ? '`aliases:`' : '`protected:`';
  return {
    code: 'no-map',
    severity: 'error',
    message: 'This file must consist of lines that begin with a name and a colon.',
    help: `start it with a line such as ${first}`,
    ...startOfFile(path),
  };
}
