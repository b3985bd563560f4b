import type { Instant } from '../../../kernel/instant.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { ItemFacts, OfferedNode } from '../decision-inputs.ts';
import type { SourcingArc } from '../instance.ts';
import { carriagePerUnit, milesTo, type Tariff } from '../tariff.ts';
import type { SampledOrder } from './sampled-order.ts';
import type { ExpectedOrders } from './value-stock.ts';

const DAY_MS = 86_400_000;

type ShippingNode = Pick<OfferedNode, 'nodeId' | 'status' | 'position' | 'costs'>;

/** What shipping is made of where orders are expected. */
export type ShippingWorld = {
  readonly nodes: readonly ShippingNode[];
  readonly items: ReadonlyMap<string, ItemFacts>;
  readonly tariff: Tariff;
};

/** Days that the samples speak of; a day at least, or the first minutes of a new system would look like a rush. */
const daysSeen = (samples: readonly SampledOrder[], at: Instant): number => {
  const first = samples.reduce((earliest, sample) => Math.min(earliest, Date.parse(sample.at)), Infinity);
  return Math.max(1, (Date.parse(at) - first) / DAY_MS);
};

const arcOf = (node: ShippingNode, sample: SampledOrder, { items, tariff }: ShippingWorld): SourcingArc => {
  const miles = milesTo(node, sample.shipTo, tariff);
  return {
    node: node.nodeId,
    shipmentCost: tariff.perShipment + node.costs.perShipment,
    unitCosts: Object.fromEntries(
      sample.lines.map(({ sku }) => [
        sku,
        node.costs.perUnit + carriagePerUnit(tariff, miles, items.get(sku)?.grams ?? 0),
      ]),
    ),
  };
};

/** A missing unit costs twice the dearest way of sending it, as in the study that the benchmarks follow. */
const costOfMissing = (sku: string, arcs: readonly SourcingArc[]): number =>
  2 * arcs.reduce((most, arc) => Math.max(most, arc.shipmentCost + (arc.unitCosts[sku] ?? 0)), 0);

/**
 * The orders to be expected within `horizonDays` if the days to come are like those of the samples: one kind for each
 * destination and set of lines, at the rate at which it was seen. Snoozed nodes serve nobody.
 */
export const expectOrders = (
  samples: readonly SampledOrder[],
  at: Instant,
  horizonDays: number,
  world: ShippingWorld,
): readonly ExpectedOrders[] => {
  const days = daysSeen(samples, at);
  const kinds = new Map<string, { readonly sample: SampledOrder; count: number }>();
  for (const sample of samples) {
    const key = canonicalJson([sample.shipTo, sample.lines]);
    const kind = kinds.get(key) ?? { sample, count: 0 };
    kinds.set(key, kind);
    kind.count += 1;
  }
  const active = world.nodes.filter(({ status }) => status === 'active');
  return [...kinds.values()].map(({ sample, count }, index) => {
    const arcs = active.map((node) => arcOf(node, sample, world));
    return {
      expected: (count * horizonDays) / days,
      order: {
        id: String(index),
        maxShipments: null,
        shipComplete: false,
        lines: sample.lines.map(({ sku, quantity }, line) => ({
          id: String(line),
          sku,
          quantity,
          unfilledUnitCost: costOfMissing(sku, arcs),
        })),
        arcs,
      },
    };
  });
};
