import { describe, expect, it } from 'vitest';
import { linkTo } from './lineLink.ts';
import { asIs, createRedact } from './redact.ts';
import { createSpeaker } from './speaker.ts';

const at = { head: 'b'.repeat(40), page: 'https://github.test/x/y' };
const linked = (file: string, redact = asIs): string =>
  linkTo(file, 7, at, redact, createSpeaker('en', redact)).markdown;

describe('a link to a line', () => {
  it('leads to it at the commit, whatever its file is called', () => {
    expect(linked('aliases/a (1)](http:#é.yml')).toContain(
      `(https://github.test/x/y/blob/${at.head}/aliases/a%20%281%29%5D%28http%3A%23%C3%A9.yml#L7)`,
    );
  });

  it('is none where the name of the file is private', () => {
    const text = linked('aliases/jane@home.test.yml', createRedact(new Set()));
    expect(text).toContain('line 7');
    expect(text).not.toMatch(/home|jane|https/);
  });
});
