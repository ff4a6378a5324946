import type { Entry } from './imported.ts';

/**
 * Reads a Postfix virtual alias file (virtual(5)): `address destination, …`, continued on lines that begin with
 * white space. A line that names a domain alone declares it, and says nothing about mail.
 */
export function readPostfix(text: string): Entry[] {
  return logicalLines(text).flatMap(({ number, line }): Entry[] => {
    const [address = '', ...rest] = line.trim().split(/\s+/);
    const isDeclaration = !address.includes('@') && address.includes('.');
    if (isDeclaration) return [];
    const destinations = rest
      .join(' ')
      .split(/[\s,]+/)
      .filter((one) => one !== '');
    return [{ place: `line ${number}`, address, destinations }];
  });
}

interface LogicalLine {
  readonly number: number;
  readonly line: string;
}

function logicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const last = lines.at(-1);
    if (/^\s/.test(line) && last !== undefined) {
      lines[lines.length - 1] = { number: last.number, line: `${last.line} ${line.trim()}` };
    } else {
      lines.push({ number: index + 1, line });
    }
  }
  return lines;
}
