import fc from 'fast-check';
import { fulfilmentsOf, type Expected } from '../../../shared/channels/adapters/shopify/fulfilment-orders.ts';

const expected = fc.uniqueArray(
  fc.record({
    fulfilmentOrderId: fc.constantFrom('f1', 'f2', 'f3'),
    orderLineId: fc.constantFrom('l1', 'l2', 'l3'),
    isOpen: fc.boolean(),
    units: fc.nat(4),
  }),
  { selector: ({ fulfilmentOrderId, orderLineId }) => `${fulfilmentOrderId} ${orderLineId}`, maxLength: 9 },
).map((all): readonly Expected[] =>
  all.map((each) => ({
    ...each,
    locationId: each.fulfilmentOrderId === 'f1' ? 'here' : 'there',
    lineItemId: `${each.fulfilmentOrderId}/${each.orderLineId}`,
  })),
); // prettier-ignore
const lines = fc.uniqueArray(
  fc.record({
    lineId: fc.constantFrom('l1', 'l2', 'l3'),
    sku: fc.constant('S'),
    quantity: fc.integer({ min: 1, max: 6 }),
  }),
  { selector: ({ lineId }) => lineId },
);

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

describe('a shipment in the words of Shopify', () => {
  it('is told as far as it is expected, no unit more and none twice', () => {
    fc.assert(
      fc.property(expected, lines, (awaited, shipped) => {
        const said = fulfilmentsOf(awaited, shipped)
          .flat()
          .flatMap((order) => order.fulfillment_order_line_items);
        expect(new Set(said.map(({ id }) => id)).size).toBe(said.length);
        for (const { lineId, quantity } of shipped) {
          const open = awaited.filter((each) => each.isOpen && each.orderLineId === lineId);
          const due = Math.min(quantity, sum(open.map(({ units }) => units)));
          const told = said.filter(({ id }) => id.endsWith(`/${lineId}`)).map((each) => each.quantity);
          expect(sum(told)).toBe(due);
          expect(told.every((units) => units > 0)).toBe(true);
        }
      }),
    );
  });

  it('is one fulfilment for each location', () => {
    fc.assert(
      fc.property(expected, lines, (awaited, shipped) => {
        const locations = fulfilmentsOf(awaited, shipped).map((fulfilment) =>
          fulfilment.map((order) => (order.fulfillment_order_id === 'f1' ? 'here' : 'there')),
        );
        for (const inOne of locations) expect(new Set(inOne).size).toBe(1);
        expect(new Set(locations.map(([first]) => first)).size).toBe(locations.length);
      }),
    );
  });
});
