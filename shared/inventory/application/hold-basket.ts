import type { BasketReservationId, NodeId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant, ok, refuse, type Result } from '../../kernel/result.ts';
import { holdBasket } from '../domain/basket-claim.ts';
import { basketStatus, type BasketStatus } from '../domain/basket-state.ts';
import { cellsOf, planBasket, type BasketWish, type Missing } from '../domain/plan-basket.ts';
import type { Position } from '../domain/position.ts';
import type { Reservation } from '../domain/reservation.ts';
import { expiryAfter } from '../domain/soft-claims.ts';
import { BASKET_ATTEMPTS, type BasketDeps } from './bind-basket.ts';
import type { Catalogue, Network } from './ports.ts';

export type HoldBasketCommand = {
  readonly basketId: BasketReservationId;
  readonly minutes: number;
  readonly lines: readonly BasketWish[];
};
/** `isNew`: by this call; false when the same was held under that id before. */
export type HeldBasket = { readonly basket: Reservation; readonly isNew: boolean };
export type HoldRefusal =
  | { readonly type: 'unknownSku'; readonly skus: readonly Sku[] }
  | { readonly type: 'unknownNode'; readonly nodeIds: readonly NodeId[] }
  | { readonly type: 'tooManyCells'; readonly limit: number }
  | { readonly type: 'missing'; readonly lines: readonly Missing[] }
  | { readonly type: 'idIsTaken' }
  | { readonly type: 'hasEnded'; readonly status: BasketStatus };

type Deps = BasketDeps & { readonly catalogue: Catalogue; readonly network: Network };

const check = async (deps: Deps, lines: readonly BasketWish[]): Promise<HoldRefusal | undefined> => {
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  const nodeIds = [...new Set(lines.flatMap((line) => line.nodeIds))];
  const [knownSkus, knownNodes] = await Promise.all([
    deps.catalogue.knownSkus(skus),
    deps.network.knownNodes(nodeIds),
  ]);
  const strangers = { skus: skus.filter((sku) => !knownSkus.has(sku)), nodeIds: nodeIds.filter((nodeId) => !knownNodes.has(nodeId)) }; // prettier-ignore
  if (strangers.skus.length > 0) return { type: 'unknownSku', skus: strangers.skus };
  return strangers.nodeIds.length > 0 ? { type: 'unknownNode', nodeIds: strangers.nodeIds } : undefined;
};

const asksForTheSame = (basket: Reservation, { lines }: HoldBasketCommand): boolean =>
  basket.considered.length === lines.length &&
  basket.considered.every((held, index) => {
    const asked = lines[index];
    return held.sku === asked?.sku && held.quantity === asked.quantity;
  }) &&
  basket.lines.every((held) =>
    lines.some(({ lineId, nodeIds }) => lineId === held.lineId && nodeIds.includes(held.nodeId)),
  );

const repeated = (
  basket: Reservation,
  command: HoldBasketCommand,
  at: Instant,
): Result<HeldBasket, HoldRefusal> => {
  const status = basketStatus(basket, at);
  if (status !== 'held' && status !== 'bound') return refuse({ type: 'hasEnded', status });
  return asksForTheSame(basket, command) ? ok({ basket, isNew: false }) : refuse({ type: 'idIsTaken' });
};

/** The later of the executor's clock and what has lapsed: a claim never ends where none is taken any more. */
const presentOf = (at: Instant, positions: readonly Position[]): Instant =>
  positions.reduce((latest, { lapsedTo = '' }) => (lapsedTo > latest ? lapsedTo : latest), at);

/**
 * Keeps every line of a basket for some minutes, or none: exactly the plan that was checked, in one transaction. The
 * same id asks for the same thing: repeated, it finds what it holds.
 */
export const makeHoldBasket =
  (deps: Deps) =>
  async (command: HoldBasketCommand): Promise<Result<HeldBasket, HoldRefusal>> => {
    const { ledger, now } = deps;
    const refused = await check(deps, command.lines);
    if (refused !== undefined) return refuse(refused);
    for (let attempt = 0; attempt < BASKET_ATTEMPTS; attempt += 1) {
      const at = now();
      const positions = await ledger.findPositions(cellsOf(command.lines));
      const planned = planBasket(command.lines, positions);
      if (!planned.ok) {
        const found = await ledger.findReservation(command.basketId);
        return found === undefined
          ? refuse({ type: 'missing', lines: planned.refusal })
          : repeated(found, command, at);
      }
      if (new Set(planned.value.map(({ sku, nodeId }) => `${nodeId}#${sku}`)).size > ledger.cellsPerEntry)
        return refuse({ type: 'tooManyCells', limit: ledger.cellsPerEntry });
      const entry = holdBasket(
        {
          reservationId: command.basketId,
          considered: command.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
          lines: planned.value,
          until: expiryAfter(presentOf(at, positions), command.minutes),
        },
        at,
      );
      const written = await ledger.commit(entry);
      if (written.ok) return ok({ basket: entry.reservation.after, isNew: true });
      if (!written.refusal.reservationMoved) continue;
      const found = await ledger.findReservation(command.basketId);
      if (found !== undefined) return repeated(found, command, at);
    }
    throw new BrokenInvariant(`basket ${command.basketId} is overtaken by others again and again`);
  };
