import type { Cell } from '../domain/cell.ts';
import type { ClaimId } from '../domain/reservation.ts';

/** How claims on hot cells are made together. */
export type Grouping = {
  /** Whether the cell is contended so much that claims on it had better wait for each other. */
  readonly isHot: (cell: Cell) => boolean;
  readonly claimTogether: (reservationIds: readonly ClaimId[]) => Promise<void>;
  /** Waits a little for somebody to gather the claim. */
  readonly pause: (attempt: number) => Promise<void>;
  /** How often to look before gathering it oneself. */
  readonly patience: number;
};
