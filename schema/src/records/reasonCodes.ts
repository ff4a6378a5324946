/**
 * Why a plan may be a mistake. Each is also the name of its override, and of the label `allow-CODE` on a pull request:
 * the action judges by them, and the forwarder's set-up makes the labels.
 */
export const reasonCodes = [
  'policy-loosened',
  'domain-added',
  'mailbox-domain',
  'domain-removed',
  'protected',
  'mass-removal',
  'mass-redirect',
  'new-reader',
  'edited-outside',
  'rollback',
] as const;

/** The label on a pull request with which a maintainer allows what a reason stands against. */
export function allowLabel(code: string): string {
  return `allow-${code}`;
}
