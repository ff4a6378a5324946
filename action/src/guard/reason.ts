/** Why a plan may be a mistake. Its code is also the name of its override. */
export const codes = [
  'domain-removed',
  'mass-removal',
  'mass-redirect',
  'edited-outside',
  'rollback',
] as const;
export type Code = (typeof codes)[number];

export interface Reason {
  readonly code: Code;
  /** What the plan would do, with its numbers or its names. */
  readonly message: string;
}

export function isCode(text: string): text is Code {
  return codes.some((code) => code === text);
}
