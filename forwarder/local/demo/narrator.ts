/** Tells the demo on a terminal, and keeps count of what was not as it should be. */
export interface Narrator {
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
