import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { screenOf } from './screen.ts';

/** A standard stream that keeps what is written, and an input that gives an answer when it is asked for. */
function standard(isTTY: boolean, answer?: string, env: Readonly<Record<string, string>> = {}) {
  const written = { out: '', note: '' };
  const output = (name: 'out' | 'note') =>
    Object.assign(new EventEmitter(), {
      isTTY,
      write: (text: string | Uint8Array) => {
        written[name] += text.toString();
      },
    });
  const stdin = Object.assign(new EventEmitter(), {
    isTTY,
    setEncoding: () => {},
    pause: () => {},
    resume: () => (answer === undefined ? stdin.emit('end') : stdin.emit('data', answer)),
  });
  return { stdin, stdout: output('out'), stderr: output('note'), env, written };
}

describe('a screen', () => {
  it.each([
    [true, {}, true],
    [true, { NO_COLOR: '' }, true],
    [true, { NO_COLOR: '1' }, false],
    [false, {}, false],
  ])('where it is a terminal: %j, with %j, has colours: %j', (isTTY, env, has) => {
    expect(screenOf(standard(isTTY, '', env)).colours).toEqual({ out: has, note: has });
  });

  it.each([
    ['y\n', true],
    ['YES\r\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
    [undefined, false],
  ])('takes the answer %j for %j', async (answer, isYes) => {
    const process = standard(true, answer);
    expect(await screenOf(process).ask?.('Go on?')).toBe(isYes);
    expect(process.written).toEqual({ out: '', note: 'Go on? [y/N] ' });
  });

  it.each([
    [' jane@home.example \n', 'jane@home.example'],
    ['\r\n', ''],
    [undefined, undefined],
  ])('takes the text %j for %j', async (answer, text) => {
    const process = standard(true, answer);
    expect(await screenOf(process).askText?.('Who?')).toBe(text);
    expect(process.written).toEqual({ out: '', note: 'Who? ' });
  });

  it('asks only where the question is seen and can be answered', () => {
    const [seen, unseen] = [standard(true), standard(false)];
    expect(screenOf({ ...seen, stdin: unseen.stdin }).ask).toBeUndefined();
    expect(screenOf({ ...seen, stdin: unseen.stdin }).askText).toBeUndefined();
    expect(screenOf({ ...seen, stderr: unseen.stderr }).ask).toBeUndefined();
    expect(screenOf({ ...seen, stdout: unseen.stdout }).ask).toBeDefined();
  });

  it('shows progress on a terminal, and takes it away before anything else', () => {
    const process = standard(true);
    const { out, note, progress } = screenOf(process);
    progress('1 s');
    progress('2 s');
    out('done\n');
    note('so it is\n');
    const erase = '\r\u001b[2K';
    expect(process.written).toEqual({
      out: 'done\n',
      note: `${erase}1 s${erase}2 s${erase}so it is\n`,
    });
  });

  it('shows no progress elsewhere', () => {
    const process = standard(false);
    const { progress, note } = screenOf(process);
    progress('1 s');
    note('done\n');
    expect(process.written.note).toBe('done\n');
  });

  it('takes a reader that has gone for no failure, and a full disk for one', () => {
    const process = standard(false);
    screenOf(process);
    const gone = Object.assign(new Error('gone'), { code: 'EPIPE' });
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    expect(() => process.stdout.emit('error', gone)).not.toThrow();
    expect(() => process.stderr.emit('error', full)).toThrow('full');
  });
});
