/** The account's suppression list. */
export interface SuppressedDestination {
  readonly address: string;
  readonly reason: 'BOUNCE' | 'COMPLAINT';
  /** Epoch seconds. */
  readonly lastUpdate: number;
}

export interface SuppressionList {
  put(address: string, reason: SuppressedDestination['reason']): void;
  get(address: string): SuppressedDestination | undefined;
  /** Whether it was there. */
  delete(address: string): boolean;
  list(): readonly SuppressedDestination[];
}

export function suppressionList(): SuppressionList {
  const entries = new Map<string, SuppressedDestination>();
  return {
    put: (address, reason) =>
      void entries.set(address.toLowerCase(), { address, reason, lastUpdate: Math.floor(Date.now() / 1000) }),
    get: (address) => entries.get(address.toLowerCase()),
    delete: (address) => entries.delete(address.toLowerCase()),
    list: () => [...entries.values()],
  };
}
