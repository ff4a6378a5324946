import { setTimeout as delay } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { type Finished, runAliases } from '../aliasesCli.ts';
import type { Sent } from '../servers/outbox.ts';
import type { LocalSystem } from '../system.ts';

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/** What the steps of the demo work with. */
export interface Scene {
  readonly system: LocalSystem;
  readonly narrator: Narrator;
  /** The folder with the alias files. */
  readonly aliases: string;
  run(...command: readonly string[]): Promise<Finished>;
  /** Hands a mail in by SMTP and waits until the system is at rest. Returns what left because of it. */
  send(letter: Letter): Promise<readonly Sent[]>;
  /** What left while something was done. */
  during(action: () => Promise<void>): Promise<readonly Sent[]>;
  /** Waits, at most `seconds`, until something is so; false if it never is. */
  until(isSo: () => Promise<boolean>, seconds: number): Promise<boolean>;
}

export function openScene(system: LocalSystem, narrator: Narrator, aliases: string): Scene {
  const transport = createTransport({ host: '127.0.0.1', port: system.smtpPort, ignoreTLS: true });
  const during = async (action: () => Promise<void>) => {
    const before = (await system.outbox.list()).length;
    await action();
    await system.idle();
    return (await system.outbox.list()).slice(before);
  };
  return {
    system,
    narrator,
    aliases,
    run: (...command) => runAliases(system.environment, ...command),
    send: ({ from, to, raw }) =>
      during(async () => {
        await transport.sendMail({ envelope: { from, to: [...to] }, raw });
      }),
    during,
    until: async (isSo, seconds) => {
      const end = Date.now() + seconds * 1000;
      for (;;) {
        if (await isSo()) return true;
        if (Date.now() > end) return false;
        await delay(100);
      }
    },
  };
}

/** A plain mail in the form in which SMTP carries it. */
export function letter(from: string, to: readonly string[], subject: string, verdicts?: string): Letter {
  const lines = [
    `From: Ann Sender <${from}>`,
    `To: ${to.join(', ')}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.toLowerCase().replace(/[^a-z]+/g, '.')}@sender.example>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    ...(verdicts === undefined ? [] : [`X-Local-Verdicts: ${verdicts}`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `This is about: ${subject}`,
    '',
  ];
  return { from, to, raw: Buffer.from(lines.join('\r\n')) };
}

/** Tells the demo on a terminal, and keeps count of what was not as it should be. */
interface Narrator {
  step(title: string): void;
  /** A fact worth reading. */
  say(text: string): void;
  /** A fact that must hold. */
  check(holds: boolean, text: string): void;
  /** The last word. */
  end(): void;
  failures(): number;
}

export function narrate(write: (text: string) => void, now: () => number): Narrator {
  const begun = now();
  let steps = 0;
  let failures = 0;
  return {
    step: (title) => {
      steps += 1;
      const seconds = ((now() - begun) / 1000).toFixed(1).padStart(5);
      write(`\n${seconds} s  ${steps}. ${title}\n`);
    },
    say: (text) => write(`${text.replace(/^/gm, '           ')}\n`),
    check: (holds, text) => {
      if (!holds) failures += 1;
      write(`         ${holds ? '✓' : '✗ NOT SO:'} ${text}\n`);
    },
    end: () => {
      const verdict =
        failures === 0 ? 'Every step was as it should be.' : `${failures} things were not as they should be.`;
      write(`\n${verdict} ${((now() - begun) / 1000).toFixed(1)} s.\n`);
    },
    failures: () => failures,
  };
}
