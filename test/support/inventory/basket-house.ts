import { makeBindBasket } from '../../../shared/inventory/application/bind-basket.ts';
import { makeExtendBasket, makeReadBasket } from '../../../shared/inventory/application/extend-basket.ts';
import { makeFreeBasket, makeReleaseBasket } from '../../../shared/inventory/application/free-basket.ts';
import { makeHoldBasket } from '../../../shared/inventory/application/hold-basket.ts';
import { makeLedgerOfNow } from '../../../shared/inventory/application/ledger-of-now.ts';
import type { DueClaims, StockLedger } from '../../../shared/inventory/application/ports.ts';
import { makeReadAvailability, makeReadStock } from '../../../shared/inventory/application/read-stock.ts';
import { makeReleaseReservation } from '../../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { makeBasketSwap } from '../../../shared/inventory/application/swap-basket.ts';
import { makeSweepExpiredClaims } from '../../../shared/inventory/application/sweep-expired-claims.ts';
import type { Cell } from '../../../shared/inventory/domain/cell.ts';
import { aLine } from './builders.ts';
import { aGrouping } from './grouping.ts';

export const START = '2026-11-23T09:00:00.000Z';

/** A clock that stands still until it is told to go on; `skewMs` is how far this executor's own is off. */
export const aStillClock = () => {
  let nowMs = Date.parse(START);
  return {
    now: (): string => new Date(nowMs).toISOString(),
    skewed: (skewMs: number) => (): string => new Date(nowMs + skewMs).toISOString(),
    pass: (minutes: number): void => void (nowMs += minutes * 60_000),
  };
};

/** The use cases around baskets, as one executor with its clock runs them. */
export const basketUseCases = (
  stock: { readonly ledger: StockLedger; readonly due: DueClaims },
  now: () => string,
  cells: readonly Cell[],
  isHot = false,
) => {
  const ledger = makeLedgerOfNow({ ledger: stock.ledger, now });
  const known = {
    knownSkus: async () => new Set(cells.map(({ sku }) => sku)),
    knownNodes: async () => new Set(cells.map(({ nodeId }) => nodeId)),
  };
  const grouping = aGrouping(ledger, now, isHot);
  const releaseReservation = makeReleaseReservation({ ledger, now, grouping });
  const baskets = { ledger, now, releaseReservation };
  return {
    ledger,
    hold: makeHoldBasket({ ledger, now, catalogue: known, network: known }),
    read: makeReadBasket({ ledger }),
    extend: makeExtendBasket({ ledger, now }),
    drop: makeReleaseBasket(baskets),
    bind: makeBindBasket({ ledger, now }),
    free: makeFreeBasket(baskets),
    sweep: makeSweepExpiredClaims({ ledger, due: stock.due, now }),
    reserve: makeReservePlan({ ledger, now, grouping, baskets: makeBasketSwap(baskets) }),
    release: releaseReservation,
    availability: makeReadAvailability({ ledger, now }),
    readStock: makeReadStock({ ledger }),
  };
};

/** Lines of a basket from rows of [cell, quantity] or [cells, quantity]. */
export const wishes = (...rows: readonly (readonly [Cell | readonly [Cell, ...Cell[]], number])[]) =>
  rows.map(([where, quantity], index) => {
    const places: readonly Cell[] = 'sku' in where ? [where] : where;
    const [first] = places;
    if (first === undefined) throw new Error('a line of a basket names a cell');
    return {
      lineId: aLine(String(index + 1)),
      sku: first.sku,
      quantity,
      nodeIds: places.map(({ nodeId }) => nodeId),
    };
  });
