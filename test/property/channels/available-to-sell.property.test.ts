import fc from 'fast-check';
import { availableToSell, type NodeAvailability } from '../../../shared/channels/domain/available-to-sell.ts';
import {
  policyFor,
  type ChannelBuffer,
  type ChannelPolicy,
  type SalesTerms,
} from '../../../shared/channels/domain/channel-policy.ts';
import { aNode, aSku } from '../../support/inventory/builders.ts';

const NODES = ['A', 'B', 'C', 'D'].map(aNode);
const units = fc.integer({ min: 0, max: 1_000 });
const cells: fc.Arbitrary<readonly NodeAvailability[]> = fc
  .subarray(NODES)
  .chain((nodes) =>
    fc.tuple(...nodes.map((nodeId) => fc.record({ nodeId: fc.constant(nodeId), available: units }))),
  );
const buffer: fc.Arbitrary<ChannelBuffer> = fc.oneof(
  fc.record({ type: fc.constant('units' as const), units }),
  fc.record({ type: fc.constant('percent' as const), percent: fc.integer({ min: 0, max: 100 }) }),
);
const terms: fc.Arbitrary<SalesTerms> = fc.record(
  { buffer, quota: units, nodes: fc.subarray(NODES, { minLength: 1 }) },
  { requiredKeys: [] },
);
const sumOf = (of: readonly NodeAvailability[]): number =>
  of.reduce((sum, { available }) => sum + available, 0); // prettier-ignore

describe('what a channel may sell', () => {
  it('is a whole number from 0 to what its nodes have, and never above its quota', () => {
    fc.assert(
      fc.property(cells, terms, (stock, given) => {
        const offered = availableToSell(stock, given);
        const serving = stock.filter(({ nodeId }) => given.nodes?.includes(nodeId) ?? true);
        expect(Number.isInteger(offered)).toBe(true);
        expect(offered).toBeGreaterThanOrEqual(0);
        expect(offered).toBeLessThanOrEqual(Math.min(sumOf(serving), given.quota ?? Infinity));
      }),
    );
  });

  it('leaves the buffer whole unless there is less than that', () => {
    fc.assert(
      fc.property(cells, units, (stock, kept) => {
        const offered = availableToSell(stock, { buffer: { type: 'units', units: kept } });
        expect(sumOf(stock) - offered).toBe(Math.min(kept, sumOf(stock)));
      }),
    );
  });

  it('keeps back at least the share it is told to, and less than a unit more', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 0, max: 100 }), (stock, percent) => {
        const kept = sumOf(stock) - availableToSell(stock, { buffer: { type: 'percent', percent } });
        expect(kept * 100).toBeGreaterThanOrEqual(sumOf(stock) * percent);
        expect((kept - 1) * 100).toBeLessThan(sumOf(stock) * percent + (kept === 0 ? 1 : 0));
      }),
    );
  });

  it('never rises when a node has less, and is the same whatever the order of nodes', () => {
    fc.assert(
      fc.property(cells, terms, fc.integer({ min: 0, max: 3 }), units, (stock, given, at, fewer) => {
        const less = stock.map((cell, index) =>
          index === at ? { ...cell, available: Math.max(0, cell.available - fewer) } : cell,
        );
        expect(availableToSell(less, given)).toBeLessThanOrEqual(availableToSell(stock, given));
        expect(availableToSell([...stock].reverse(), given)).toBe(availableToSell(stock, given));
      }),
    );
  });

  it('does not let one node make up for what another lacks', () => {
    const stock = [
      { nodeId: aNode('A'), available: 3 },
      { nodeId: aNode('B'), available: -2 },
    ];
    expect(availableToSell(stock, {})).toBe(3);
  });
});

describe('the policy that applies', () => {
  const ref = { channel: 'shopify', connection: 'main' } as const;
  const sku = aSku('MUG');
  /** From the most precise to the least. */
  const RANKED: readonly ChannelPolicy[] = [
    { channel: 'shopify', connection: 'main', sku, quota: 1 },
    { channel: 'shopify', sku, quota: 2 },
    { channel: 'shopify', connection: 'main', quota: 3 },
    { channel: 'shopify', quota: 4 },
  ];
  const OTHERS: readonly ChannelPolicy[] = [
    { channel: 'woocommerce', sku, quota: 5 },
    { channel: 'shopify', connection: 'other', sku, quota: 6 },
    { channel: 'shopify', connection: 'main', sku: aSku('CUP'), quota: 7 },
  ];

  it('is the most precise of those there are, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...RANKED, ...OTHERS]), (policies) => {
        expect(policyFor(policies, ref, sku)).toEqual(RANKED.find((policy) => policies.includes(policy)));
      }),
    );
  });
});
