import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant, ok, type Result } from '../../kernel/result.ts';
import type { Cell } from '../domain/cell.ts';
import { askForGroup, onlyCellOf } from '../domain/group-claims.ts';
import { claimNext, openClaim, type Plan, type PlanRefusal } from '../domain/claim-plan.ts';
import { CELLS_PER_SWAP, swapBasket } from '../domain/swap-basket.ts';
import {
  shipmentsOf,
  type LineQuantity,
  type PlannedShipment,
  type Reservation,
} from '../domain/reservation.ts';
import type { Clock, StockLedger } from './ports.ts';
import type { Grouping } from './grouping.ts';
import type { BasketSwap } from './swap-basket.ts';
import { undoClaim } from './undo-claim.ts';

export type ReserveOutcome =
  | {
      /** `notClaimed`: asked to find a claim, and there was none; it names no shipment. */
      readonly outcome: 'reserved' | 'notClaimed';
      readonly shipments: readonly PlannedShipment[];
      readonly considered: readonly LineQuantity[];
    }
  | { readonly outcome: 'lost'; readonly cells: readonly Cell[] };

type Deps = {
  readonly ledger: StockLedger;
  readonly now: Clock;
  readonly grouping: Grouping;
  readonly baskets: BasketSwap;
};

const reserved = (held: Reservation): ReserveOutcome => ({
  outcome: 'reserved',
  shipments: shipmentsOf(held),
  considered: held.considered,
});

const stored = async (deps: Deps, plan: Plan): Promise<Reservation> => {
  const found = await deps.ledger.findReservation(plan.reservationId);
  if (found === undefined) throw new BrokenInvariant(`reservation ${plan.reservationId} has vanished`);
  return found;
};

/** The claim to go on with: a lost one is opened again for this plan, a half made one is finished as it was begun. */
const resume = (plan: Plan, found: Reservation, at: Instant): Result<Reservation, PlanRefusal> =>
  found.status === 'lost' ? openClaim(plan, found, at) : ok(found);

/** Looks until the waiting claim is decided; when nobody gathers it, does so. */
const decided = async (deps: Deps, plan: Plan): Promise<Reservation> => {
  for (let attempt = 0; ; attempt += 1) {
    if (attempt >= deps.grouping.patience) await deps.grouping.claimTogether([plan.reservationId]);
    else await deps.grouping.pause(attempt);
    const found = await stored(deps, plan);
    if (found.status !== 'waiting' && found.status !== 'grouped') return found;
  }
};

/** Asks for the claim on a hot cell. Undefined: the reservation has been moved, the ordinary path sees to it. */
const claimInGroup = async (
  deps: Deps,
  plan: Plan,
  draft: Reservation,
  cell: Cell,
): Promise<ReserveOutcome | undefined> => {
  const asked = await deps.ledger.commit(askForGroup(draft, deps.now()));
  if (!asked.ok) return undefined;
  const found = await decided(deps, plan);
  if (found.status === 'held') return reserved(found);
  return found.status === 'lost' ? { outcome: 'lost', cells: [cell] } : undefined;
};

/** Whether nobody has claimed anything under this id that stands or is being made. */
const isUnclaimed = async ({ ledger }: Deps, { reservationId }: Plan): Promise<boolean> => {
  const found = await ledger.findReservation(reservationId);
  return found === undefined || found.status === 'lost';
};

/** The next entry of the claim, in exchange for the units of the basket if there is one. */
const nextEntry = ({ ledger, now }: Deps, claim: Reservation, basket: Reservation | undefined) => {
  const at = now();
  if (basket === undefined) return { entry: claimNext(claim, ledger.cellsPerEntry, at), basket };
  const limit = Math.min(ledger.cellsPerEntry, CELLS_PER_SWAP);
  return swapBasket(claimNext(claim, limit, at), basket, limit, at);
};

/**
 * Claims exactly the plan: every line or none; what the order's basket holds is exchanged for it. Under one reservation
 * id the first claim that is held stands, and is the answer to every repetition, whatever plan that brings. `lost`
 * names cells that did not have the units; nothing is claimed then, the basket holds what it held, and another plan may
 * be tried under the same id. With `claim: 'find'` nothing new is claimed.
 */
export const makeReservePlan =
  (deps: Deps) =>
  async (
    plan: Plan & { readonly claim?: 'make' | 'find' | undefined },
  ): Promise<Result<ReserveOutcome, PlanRefusal>> => {
    if (plan.claim === 'find' && (await isUnclaimed(deps, plan)))
      return ok({ outcome: 'notClaimed', shipments: [], considered: plan.considered });
    let draft = openClaim(plan, undefined, deps.now());
    const cell = draft.ok ? onlyCellOf(draft.value) : undefined;
    let basket = await deps.baskets.take(plan);
    if (draft.ok && cell !== undefined && basket === undefined && deps.grouping.isHot(cell)) {
      const outcome = await claimInGroup(deps, plan, draft.value, cell);
      if (outcome !== undefined) return ok(outcome);
    }
    for (;;) {
      if (!draft.ok) return draft;
      const current = draft.value;
      if (current.status === 'held') {
        // A claim that was closed before it was made has no lines, and leaves the basket to the order.
        if (current.lines.length > 0) await deps.baskets.giveBackRest(basket);
        return ok(reserved(current));
      }
      if (current.status === 'undoing' || current.status === 'grouped') {
        if (current.status === 'undoing') await undoClaim(deps, current);
        else await deps.grouping.claimTogether([plan.reservationId]);
        draft = resume(plan, await stored(deps, plan), deps.now());
        continue;
      }
      const next = nextEntry(deps, current, basket);
      const written = await deps.ledger.commit(next.entry);
      if (written.ok) {
        draft = ok(next.entry.reservation.after);
        basket = next.basket;
      } else if (written.refusal.moved.length > 0) {
        basket = await deps.baskets.take(plan);
      } else if (written.refusal.reservationMoved) {
        draft = resume(plan, await stored(deps, plan), deps.now());
      } else {
        if (current.claimed > 0) await undoClaim(deps, current);
        return ok({ outcome: 'lost', cells: written.refusal.guardFailed });
      }
    }
  };
