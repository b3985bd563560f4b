import * as fc from 'fast-check';
import { decisionInputs } from '../../../shared/contracts/sourcing/decision.ts';
import { canonicalJson, decideOrder, type DecisionInputs } from '../../../shared/sourcing/index.ts';
import { planTogether, type OrderToRelease } from '../../../shared/sourcing/domain/release/plan-together.ts';
import { aNode, aStrategy, someInputs } from '../../support/sourcing/builders.ts';

const NODES = ['N0', 'N1', 'N2'];
const SKUS = ['A', 'B'];
const TERMS = { releaseId: 'tested.0', seed: 7, work: 400 };

const rules = fc.subarray([
  { id: 'day', type: 'capacity', strength: 'hard' },
  { id: 'one', type: 'maxShipments', strength: 'soft', most: 1 },
  { id: 'kept', type: 'keepBack', strength: 'hard', units: 1, where: { nodes: ['N1'] } },
  { id: 'whole', type: 'wholeProducts', strength: 'hard' },
  { id: 'not2', type: 'except', strength: 'hard', where: { nodes: ['N2'] } },
] as const);

const releases = fc
  .record({
    nodes: fc.tuple(
      ...NODES.map((id) =>
        fc
          .record({
            position: fc.record({ latitude: fc.integer({ min: 30, max: 45 }), longitude: fc.integer({ min: -120, max: -70 }) }),
            costs: fc.record({ perShipment: fc.nat(900), perUnit: fc.nat(200) }),
            ordersPerDay: fc.constantFrom(undefined, undefined, 1, 3),
            unitsPerDay: fc.constantFrom(undefined, undefined, 4),
          })
          .map((drawn) => aNode(id, drawn)),
      ),
    ),
    stock: fc.record(
      Object.fromEntries(NODES.map((id) => [id, fc.record(Object.fromEntries(SKUS.map((sku) => [sku, fc.nat(6)])))])),
    ),
    orders: fc.array(
      fc.record({
        quantities: fc.tuple(fc.nat(3), fc.nat(3)).filter(([a, b]) => a + b > 0),
        shipComplete: fc.boolean(),
        priority: fc.constantFrom(undefined, 'urgent', 'low'),
        shipTo: fc.record({ latitude: fc.integer({ min: 30, max: 45 }), longitude: fc.integer({ min: -120, max: -70 }) }),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    rules,
  })
  .map(({ nodes, stock, orders, rules: drawn }) =>
    orders.map(({ quantities, ...request }, index): OrderToRelease => ({
      id: `o${index}`,
      inputs: someInputs({
        nodes,
        stock,
        request: {
          ...request,
          lines: quantities.flatMap((quantity, i) =>
            quantity === 0 ? [] : [{ lineId: `${i}`, sku: SKUS[i] ?? '', quantity }],
          ),
        },
        strategy: aStrategy(drawn, { relax: drawn.flatMap(({ id, strength }) => (strength === 'soft' ? [id] : [])) }),
      }),
    })),
  ); // prettier-ignore

const used = (orders: readonly { readonly inputs: DecisionInputs; readonly decision: ReturnType<typeof decideOrder> }[]) => {
  const units = new Map<string, number>();
  const days = new Map<string, { orders: number; units: number }>();
  for (const { inputs, decision } of orders)
    for (const { node, lines } of decision.parcels) {
      const day = days.get(node) ?? { orders: 0, units: 0 };
      day.orders += 1;
      for (const { line, quantity } of lines) {
        const sku = inputs.request.lines.find(({ lineId }) => lineId === line)?.sku ?? '';
        units.set(`${node} ${sku}`, (units.get(`${node} ${sku}`) ?? 0) + quantity);
        day.units += quantity;
      }
      days.set(node, day);
    }
  return { units, days };
}; // prettier-ignore

describe('orders that are planned together', () => {
  it('never cost more than one by one on the same stock', () => {
    fc.assert(
      fc.property(releases, (orders) => {
        const { cost, oneByOneCost } = planTogether(orders, TERMS);
        expect(cost).toBeLessThanOrEqual(oneByOneCost);
      }),
    );
  });

  it('take no unit twice, and no more of a day than there is', () => {
    fc.assert(
      fc.property(releases, (orders) => {
        const plan = planTogether(orders, TERMS);
        const { units, days } = used(plan.orders);
        const [first] = orders;
        for (const { nodeId, sku, available } of first?.inputs.offers ?? [])
          expect(units.get(`${nodeId} ${sku}`) ?? 0).toBeLessThanOrEqual(available);
        if (!first?.inputs.strategy.rules.some(({ id }) => id === 'day')) return;
        for (const node of first.inputs.nodes) {
          const day = days.get(node.nodeId) ?? { orders: 0, units: 0 };
          expect(day.orders).toBeLessThanOrEqual(node.ordersPerDay ?? Number.POSITIVE_INFINITY);
          expect(day.units).toBeLessThanOrEqual(node.unitsPerDay ?? Number.POSITIVE_INFINITY);
        }
      }),
    );
  });

  it('are planned the same again from the same terms, and each decision from its record, bit for bit', () => {
    fc.assert(
      fc.property(releases, (orders) => {
        const plan = planTogether(orders, TERMS);
        expect(planTogether(orders, TERMS)).toEqual(plan);
        for (const { inputs, decision } of plan.orders) {
          const again = decisionInputs.parse(JSON.parse(canonicalJson(inputs)));
          expect(canonicalJson(again)).toBe(canonicalJson(inputs));
          expect(canonicalJson(decideOrder(again))).toBe(canonicalJson(decision));
        }
      }),
      { numRuns: 50 },
    );
  });
});
