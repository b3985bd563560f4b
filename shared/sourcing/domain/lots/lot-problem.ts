import type { NodeChoiceRequest } from '../choose-nodes.ts';
import { gatherLots, type Lot, type Tie } from './lot.ts';

/** What binds an order beyond stock and parcels. Values in minor units; 0 and null: no limit. */
export type LotLimits = {
  /** By line, in the order of the lines. */
  readonly ties: readonly Tie[];
  readonly nodesPerLine: number | null;
  /** All units of a product from one node. */
  readonly wholeProducts: boolean;
  /** A part worth less is not sent alone. */
  readonly partAbove: number;
  /** The order itself is a part: the rest of it goes, or went, by itself. */
  readonly isRemainder: boolean;
  /** What is left unfilled is worth this much at least, or nothing ships. */
  readonly remainderAbove: number;
  /** Worth of a unit by SKU; absent: 0. */
  readonly values: ReadonlyMap<string, number>;
};

/** Units of one SKU that several lots are after. `stock` by node. */
export type Shelf = {
  readonly takers: readonly { readonly lot: number; readonly units: number }[];
  readonly stock: readonly number[];
};

/** These lots together come from at most so many nodes. */
export type SourceLimit = { readonly lots: readonly number[]; readonly most: number };

/** An order as lots: tables by lot and node. */
export type LotProblem = {
  readonly lots: readonly Lot[];
  readonly shipmentCost: readonly number[];
  /** Cost of one lot from a node, with the worth of its stock; meaningful where `most` is positive. */
  readonly cost: readonly (readonly number[])[];
  /** Lots that a node could ship if no other lot were there. */
  readonly most: readonly (readonly number[])[];
  readonly missingCost: readonly number[];
  readonly value: readonly number[];
  readonly shelves: readonly Shelf[];
  readonly sources: readonly SourceLimit[];
  readonly maxShipments: number;
  readonly shipComplete: boolean;
  readonly partAbove: number;
  readonly isRemainder: boolean;
  readonly remainderAbove: number;
};

const own = (table: Readonly<Record<string, number>>, sku: string): number | undefined =>
  Object.hasOwn(table, sku) ? table[sku] : undefined;

const sourceLimits = (lots: readonly Lot[], { nodesPerLine, wholeProducts }: LotLimits) => {
  const byKey = new Map<string, SourceLimit>();
  const limit = (key: string, lot: number, most: number): void => {
    const known = byKey.get(key)?.lots ?? [];
    byKey.set(key, { lots: known.includes(lot) ? known : [...known, lot], most });
  };
  lots.forEach(({ parts, uses }, lot) => {
    if (nodesPerLine !== null) for (const { line } of parts) limit(`line ${line}`, lot, nodesPerLine);
    if (wholeProducts) for (const { sku } of uses) limit(`sku ${sku}`, lot, 1);
  });
  return [...byKey.values()];
};

/** The order's lots, and everything about them by lot and node. */
export const lotProblemOf = (request: NodeChoiceRequest, limits: LotLimits): LotProblem => {
  const { lines, candidates, stockPrices, maxShipments } = request;
  const lots = gatherLots(lines, limits.ties, limits.nodesPerLine !== null);
  const takers = new Map<string, { lot: number; units: number }[]>();
  lots.forEach(({ uses }, lot) => {
    for (const { sku, units } of uses) takers.set(sku, [...(takers.get(sku) ?? []), { lot, units }]);
  });
  const unfilled = lines[0]?.unfilledUnitCost ?? 0;
  return {
    lots,
    shipmentCost: candidates.map(({ shipmentCost }) => shipmentCost),
    cost: lots.map(({ uses }) =>
      candidates.map(({ node, unitCosts }) =>
        uses.reduce(
          (sum, { sku, units }) =>
            sum + units * ((own(unitCosts, sku) ?? 0) + (stockPrices?.(node, sku) ?? 0)),
          0,
        ),
      ),
    ),
    most: lots.map(({ uses, wanted }) =>
      candidates.map(({ unitCosts, stock }) =>
        Math.min(
          wanted,
          ...uses.map(({ sku, units }) =>
            own(unitCosts, sku) === undefined ? 0 : Math.floor((own(stock, sku) ?? 0) / units),
          ),
        ),
      ),
    ),
    missingCost: lots.map(({ units }) => units * unfilled),
    value: lots.map(({ uses }) =>
      uses.reduce((sum, { sku, units }) => sum + units * (limits.values.get(sku) ?? 0), 0),
    ),
    shelves: [...takers].flatMap(([sku, all]) =>
      all.length < 2 ? [] : [{ takers: all, stock: candidates.map(({ stock }) => own(stock, sku) ?? 0) }],
    ),
    sources: sourceLimits(lots, limits),
    maxShipments: maxShipments ?? candidates.length,
    shipComplete: request.shipComplete,
    partAbove: limits.partAbove,
    isRemainder: limits.isRemainder,
    remainderAbove: limits.remainderAbove,
  };
};
