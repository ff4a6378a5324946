/**
 * Whether a folded domain is kept for examples and tests, so that nobody has it (RFC 2606, 2 and 3; RFC 6761, 6; and
 * `example.edu`, which its registry keeps).
 */
export function isExampleDomain(domain: string): boolean {
  return /(?:^|\.)(?:example\.(?:com|net|org|edu)|example|invalid|localhost|test)$/.test(domain);
}
