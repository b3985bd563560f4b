import { milesBetween, positionOf, type Destination, type Position } from './geography.ts';

/** What a parcel costs to carry. Minor units of the network's currency. */
export type Tariff = {
  readonly perShipment: number;
  readonly perKilogram: number;
  readonly perKilogramMile: number;
  /** Assumed where the destination or the node has no known place. */
  readonly unknownMiles: number;
  /** How long a parcel is on the road; absent in old records. */
  readonly transit?: Transit | undefined;
};

/** Calendar days = miles / `milesPerDay`, rounded up, and more from some types of node. */
export type Transit = {
  readonly milesPerDay: number;
  readonly extraDays: Readonly<Record<string, number>>;
};

/** Ground carriage after the same study; parcels from a shop's counter wait for the next collection. */
export const DEFAULT_TRANSIT: Transit = { milesPerDay: 600, extraDays: { store: 1 } };

/**
 * Parcel cost in US cents after the multi-item fulfilment study that our benchmarks follow:
 * 8.759 USD a shipment, (0.423 + 0.000541 x miles) USD a kilogram.
 */
export const DEFAULT_TARIFF: Tariff = {
  perShipment: 875.9,
  perKilogram: 42.3,
  perKilogramMile: 0.0541,
  unknownMiles: 1_000,
  transit: DEFAULT_TRANSIT,
};

/** Carriage of one unit over so many miles. */
export const carriagePerUnit = (tariff: Tariff, miles: number, grams: number): number =>
  ((tariff.perKilogram + tariff.perKilogramMile * miles) * grams) / 1000;

/** The distance to an address, and what the tariff assumes where it is not known. */
export const milesTo = (
  node: { readonly position?: Position | undefined },
  destination: Destination,
  tariff: Tariff,
): number => {
  const to = positionOf(destination);
  return to === undefined || node.position === undefined
    ? tariff.unknownMiles
    : milesBetween(node.position, to);
};
