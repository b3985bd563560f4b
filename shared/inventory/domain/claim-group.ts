import type { Instant } from '../../kernel/instant.ts';
import type { Cell } from './cell.ts';
import type { ClaimId } from './reservation.ts';

/** What one reservation wants of the group's cell, in the order of asking. */
export type GroupedClaim = { readonly reservationId: ClaimId; readonly quantity: number };

/**
 * Claims on one cell that are made together. A hot cell takes only so many writes a second: a group costs it one,
 * however many claims it holds. `open`: nothing of it counts yet. `counted`: all but the refused claims count, for
 * good. That step happens once, in one transaction with the position.
 */
export type ClaimGroup = {
  readonly groupId: string;
  readonly cell: Cell;
  readonly status: 'open' | 'counted';
  readonly claims: readonly GroupedClaim[];
  readonly refused: readonly ClaimId[];
  /** Other groups that were counted by the same movement, which names this one. */
  readonly alongside?: readonly string[];
  readonly changedAt: Instant;
};
