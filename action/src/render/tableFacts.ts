import type { RowName } from '../plan/diff.ts';
import type { StaleGate } from './planText.ts';

/** What only the tables know about a plan. */
export interface TableFacts {
  /** Whether the tables were read. */
  readonly known: boolean;
  /** The name of the error for which they could not be. */
  readonly fault?: string;
  /** Mailboxes of the plan that are blocked now, and until when, in epoch seconds. */
  readonly blocked: readonly BlockedMailbox[];
  readonly foreign: readonly RowName[];
  readonly editedOutside: readonly RowName[];
  readonly stale?: StaleGate;
}

/** A mailbox that gets no mail, until when in epoch seconds. */
export interface BlockedMailbox {
  readonly mailbox: string;
  readonly until: number;
  /** When it was unblocked, in epoch seconds, where it blocked itself again within a week. */
  readonly unblocked?: number;
}

export const noFacts: TableFacts = { known: false, blocked: [], foreign: [], editedOutside: [] };
