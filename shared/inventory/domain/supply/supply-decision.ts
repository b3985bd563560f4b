import type { Sku } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { CellChange, LedgerEntry } from '../ledger-entry.ts';
import type { SupplyOrder, SupplyOrigin, SupplyState, SupplyStatus } from './supply-order.ts';

/** What becomes of an order. Without an entry nothing does: the message was late, or has had its effect. */
export type SupplyDecision = { readonly order: SupplyOrder; readonly entry?: LedgerEntry };

export type SupplyRefusal =
  | { readonly type: 'unknownSupply' | 'revisionUsed' | 'otherRoute' | 'notATransfer' }
  | {
      readonly type:
        'notDeparted' | 'alreadyDeparted' | 'unitsHaveMoved' | 'tooManyLines' | 'tooManyReceipts';
    }
  | { readonly type: 'notOpen'; readonly status: SupplyStatus }
  | { readonly type: 'notInOrder'; readonly sku: Sku }
  | { readonly type: 'belowReceived'; readonly sku: Sku; readonly received: number }
  | { readonly type: 'moreThanExpected'; readonly sku: Sku; readonly expected: number };

export const unchanged = (order: SupplyOrder): SupplyDecision => ({ order });

/** The order's next state, written together with what it means for cells. */
export const changed = (
  before: SupplyOrder | undefined,
  next: SupplyOrigin & Omit<SupplyState, 'version' | 'changedAt'>,
  changes: readonly CellChange[],
  at: Instant,
): SupplyDecision => {
  const order = { ...next, version: (before?.version ?? 0) + 1, changedAt: at };
  return { order, entry: { at, changes, supply: { before, after: order } } };
};
