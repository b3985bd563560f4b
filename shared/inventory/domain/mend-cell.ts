import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { auditPosition, isDoubtful } from './audit.ts';
import type { CellChange } from './ledger-entry.ts';
import { emptyPosition, freeOf, type Counters } from './position.ts';
import { auditCell, claimedUnits, type CellEvidence } from './prove-cell.ts';
import { addCounters } from './trial-balance.ts';

/**
 * What is believed where counters and movements differ: `history`, the movements, or `counters`. A counted `onHand`
 * is believed before both, the open claims always.
 */
export type Mending = {
  readonly trust: 'history' | 'counters';
  readonly onHand?: number | undefined;
  readonly reason: string;
  readonly actor: string;
};
export type MendRefusal =
  | { readonly type: 'nothingToMend' }
  | { readonly type: 'claimsCannotBeRead'; readonly items: readonly string[] }
  | { readonly type: 'makesNoSense'; readonly counters: Counters };

const toBe = (evidence: CellEvidence, { trust, onHand }: Mending): Counters => {
  const { onHand: _, ...position } = evidence.position ?? emptyPosition(evidence.cell);
  const { safetyStock, quarantined, inTransit, ringFence } =
    trust === 'history' ? evidence.history : position;
  const believed = trust === 'history' ? evidence.history.onHand : evidence.position?.onHand;
  return {
    onHand: onHand ?? believed ?? 0,
    reserved: claimedUnits(evidence),
    safetyStock,
    quarantined,
    inTransit,
    ringFence,
  };
};

const makesSense = (cell: CellEvidence['cell'], counters: Counters): boolean => {
  const position = { ...emptyPosition(cell), ...counters, freeUnits: freeOf(counters) };
  // More reserved than there is may be the truth; a fraction or fewer than none is not.
  return !auditPosition(position).some(isDoubtful);
};

/**
 * The change that makes the cell's counters what they have to be, with a movement that makes its history add up to
 * them. It holds only while the cell is as it was read. The cell stays frozen: somebody thaws it when he is content.
 */
export const mendCell = (
  evidence: CellEvidence,
  mending: Mending,
  at: Instant,
): Result<{ readonly change: CellChange; readonly counters: Counters }, MendRefusal> => {
  const { cell, position, version, history, unreadable } = evidence;
  const isBroken = auditCell(evidence).some(isDoubtful);
  if (!isBroken && mending.onHand === undefined) return refuse({ type: 'nothingToMend' });
  if (unreadable.length > 0) return refuse({ type: 'claimsCannotBeRead', items: unreadable });
  const counters = toBe(evidence, mending);
  if (!makesSense(cell, counters)) return refuse({ type: 'makesNoSense', counters });
  const missing = addCounters(counters, history, -1);
  return ok({
    counters,
    change: {
      cell,
      guard: { type: 'isStill', position, version },
      setsCounters: counters,
      movements: [
        {
          movementId: `mend:${at}`,
          kind: 'mend',
          onHandDelta: missing.onHand,
          reservedDelta: missing.reserved,
          safetyStockDelta: missing.safetyStock,
          quarantinedDelta: missing.quarantined,
          inTransitDelta: missing.inTransit,
          ringFenceDelta: missing.ringFence,
          actor: mending.actor,
          reason: mending.reason,
        },
      ],
    },
  });
};
