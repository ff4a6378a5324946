/**
 * The exit codes of every program: this is the one place that says what they are. `changes` is given by
 * `plan --detailed-exitcode` alone.
 */
export const exit = { fine: 0, notRight: 1, failed: 2, changes: 3 } as const;

export type ExitMeaning = readonly [code: number, meaning: string];

/** What each code means that every program gives, in the order of the codes; for help and guides. */
export const exitMeanings: readonly ExitMeaning[] = [
  [exit.fine, 'the command did its work'],
  [exit.notRight, 'something was found or refused: the files, the plan, the account or a mail is not right'],
  [exit.failed, 'the usage is wrong, or something outside failed; an error says what to do'],
];
