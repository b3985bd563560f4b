import { addLoads, loadOf, negative, NO_LOAD, takenToday, type Load } from '../capacity/load.ts';
import { isLimited } from '../capacity/limits.ts';
import { stagesOf } from '../strategy/stages.ts';
import type { DecisionInputs, OfferedNode, StockOnOffer } from '../decision-inputs.ts';

/** Units of a node's stock that an order takes. */
export type TakenUnits = { readonly nodeId: string; readonly sku: string; readonly units: number };

const cell = (nodeId: string, sku: string): string => JSON.stringify([nodeId, sku]);

/** By node, what one order takes. */
const loadsOf = (units: readonly TakenUnits[]): ReadonlyMap<string, Load> => {
  const byNode = new Map<string, TakenUnits[]>();
  for (const entry of units) byNode.set(entry.nodeId, [...(byNode.get(entry.nodeId) ?? []), entry]);
  return new Map(
    [...byNode].map(([node, own]) => [
      node,
      loadOf(own.map(({ sku, units: quantity }) => ({ sku, quantity }))),
    ]),
  );
};

/** What all orders of a release take together: of stock, and of the days of nodes. */
export class Taken {
  readonly #units = new Map<string, number>();
  readonly #loads = new Map<string, Load>();

  add(units: readonly TakenUnits[]): void {
    this.#change(units, 1);
  }

  remove(units: readonly TakenUnits[]): void {
    this.#change(units, -1);
  }

  #change(units: readonly TakenUnits[], sign: 1 | -1): void {
    for (const { nodeId, sku, units: count } of units) {
      const key = cell(nodeId, sku);
      this.#units.set(key, (this.#units.get(key) ?? 0) + sign * count);
    }
    for (const [node, load] of loadsOf(units))
      this.#loads.set(node, addLoads(this.#loads.get(node) ?? NO_LOAD, sign === 1 ? load : negative(load)));
  }

  #left(offer: StockOnOffer): readonly StockOnOffer[] {
    const available = offer.available - (this.#units.get(cell(offer.nodeId, offer.sku)) ?? 0);
    if (available <= 0) return [];
    return offer.ringFenced === undefined
      ? [{ ...offer, available }]
      : [{ ...offer, available, ringFenced: Math.min(offer.ringFenced, available) }];
  }

  #loaded(node: OfferedNode, { strategy }: DecisionInputs): OfferedNode {
    const load = this.#loads.get(node.nodeId);
    const rules = stagesOf(strategy).flatMap((stage) => stage.rules);
    if (load === undefined || !isLimited(node, rules)) return node;
    const { orders, lines, units } = addLoads(takenToday(node), load);
    return { ...node, ordersToday: orders, linesToday: lines, unitsToday: units };
  }

  /** The inputs as they are once all of this is taken. */
  from(inputs: DecisionInputs): DecisionInputs {
    return {
      ...inputs,
      offers: inputs.offers.flatMap((offer) => this.#left(offer)),
      nodes: inputs.nodes.map((node) => this.#loaded(node, inputs)),
    };
  }

  /** What of it lies where the order looks. */
  among({ offers }: DecisionInputs): readonly TakenUnits[] {
    return offers.flatMap(({ nodeId, sku }) => {
      const units = this.#units.get(cell(nodeId, sku)) ?? 0;
      return units > 0 ? [{ nodeId, sku, units }] : [];
    });
  }
}
