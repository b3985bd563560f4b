import type { NodeId } from '../../kernel/ids.ts';
import type { CandidateNode } from './choose-nodes.ts';
import { milesBetween, positionOf, type Destination, type Position } from './geography.ts';

/** What a parcel costs to carry. Minor units of the network's currency. */
export type Tariff = {
  readonly perShipment: number;
  readonly perKilogram: number;
  readonly perKilogramMile: number;
  /** Assumed where the destination or the node has no known place. */
  readonly unknownMiles: number;
};

/**
 * Parcel cost in US cents after the multi-item fulfilment study that our benchmarks follow:
 * 8.759 USD a shipment, (0.423 + 0.000541 x miles) USD a kilogram.
 */
export const DEFAULT_TARIFF: Tariff = {
  perShipment: 875.9,
  perKilogram: 42.3,
  perKilogramMile: 0.0541,
  unknownMiles: 1_000,
};

export type SourcingNode = {
  readonly nodeId: NodeId;
  readonly position: Position | undefined;
  readonly costs: { readonly perShipment: number; readonly perUnit: number };
};

export type StockOnOffer = { readonly sku: string; readonly nodeId: NodeId; readonly available: number };

export const milesTo = (node: SourcingNode, destination: Destination, tariff: Tariff): number => {
  const to = positionOf(destination);
  return to === undefined || node.position === undefined
    ? tariff.unknownMiles
    : milesBetween(node.position, to);
};

/**
 * What each node may give to one destination and at what cost: parcel + handling a shipment, handling + carriage a
 * unit. Nodes that offer nothing are left out. `gramsOf` gives a unit's weight.
 */
export const candidatesFor = (input: {
  readonly nodes: readonly SourcingNode[];
  readonly offers: readonly StockOnOffer[];
  readonly destination: Destination;
  readonly gramsOf: (sku: string) => number;
  readonly tariff: Tariff;
}): readonly CandidateNode[] =>
  input.nodes.flatMap((node) => {
    const offers = input.offers.filter((offer) => offer.nodeId === node.nodeId && offer.available > 0);
    if (offers.length === 0) return [];
    const { tariff } = input;
    const perKilogram =
      tariff.perKilogram + tariff.perKilogramMile * milesTo(node, input.destination, tariff);
    return [
      {
        node: node.nodeId,
        shipmentCost: tariff.perShipment + node.costs.perShipment,
        unitCosts: Object.fromEntries(
          offers.map(({ sku }) => [sku, node.costs.perUnit + (perKilogram * input.gramsOf(sku)) / 1000]),
        ),
        stock: Object.fromEntries(offers.map(({ sku, available }) => [sku, available])),
      },
    ];
  });
