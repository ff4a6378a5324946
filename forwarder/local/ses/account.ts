/** What GetAccount says. */
export interface AccountState {
  /** False in the sandbox. */
  readonly productionAccess: boolean;
  readonly sendingEnabled: boolean;
  readonly dailyQuota: number;
  /** Mails a second. */
  readonly sendRate: number;
  readonly suppressedReasons: readonly ('BOUNCE' | 'COMPLAINT')[];
}

/** An account as SES gives it to those who have asked to leave the sandbox. */
export const usualAccount: AccountState = {
  productionAccess: true,
  sendingEnabled: true,
  dailyQuota: 50_000,
  sendRate: 14,
  suppressedReasons: ['BOUNCE', 'COMPLAINT'],
};
