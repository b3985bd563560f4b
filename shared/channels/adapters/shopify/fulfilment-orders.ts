import type { ShipmentNews } from '../../application/ports.ts';
import { idOf, listOf, objectOf, textOf, unitsOf, type Json } from '../reading/fields.ts';

/** Units of one line of an order that Shopify expects from one of its locations. */
export type Expected = {
  readonly fulfilmentOrderId: string;
  readonly locationId: string;
  readonly isOpen: boolean;
  readonly lineItemId: string;
  readonly orderLineId: string;
  readonly units: number;
};

/** One fulfilment of Shopify: it may span several of its fulfilment orders, but one location only. */
export type Fulfilment = readonly {
  readonly fulfillment_order_id: string;
  readonly fulfillment_order_line_items: readonly { readonly id: string; readonly quantity: number }[];
}[];

const OPEN = new Set(['open', 'in_progress']);

/** Reads the answer of `orders/{id}/fulfillment_orders.json`: what is still to be fulfilled, line by line. */
export const readExpected = (body: Json): readonly Expected[] =>
  listOf(objectOf(body)['fulfillment_orders']).flatMap((order) =>
    listOf(order['line_items']).flatMap((line) => {
      const fulfilmentOrderId = idOf(order['id']);
      const lineItemId = idOf(line['id']);
      const orderLineId = idOf(line['line_item_id']);
      const units = unitsOf(line['fulfillable_quantity']);
      if (fulfilmentOrderId === undefined || lineItemId === undefined || orderLineId === undefined) return [];
      return [
        {
          fulfilmentOrderId,
          locationId: idOf(order['assigned_location_id']) ?? '',
          isOpen: OPEN.has(textOf(order['status']) ?? ''),
          lineItemId,
          orderLineId,
          units: typeof units === 'number' ? units : 0,
        },
      ];
    }),
  );

type Taken = Expected & { readonly quantity: number };

const takeLine = (expected: readonly Expected[], line: ShipmentNews['lines'][number]): readonly Taken[] => {
  let left = line.quantity;
  return expected.flatMap((each) => {
    const quantity = each.isOpen && each.orderLineId === line.lineId ? Math.min(left, each.units) : 0;
    left -= quantity;
    return quantity > 0 ? [{ ...each, quantity }] : [];
  });
};

/**
 * Spreads what was shipped over what Shopify still expects, never more than that: what it has as fulfilled already is
 * not told again. One fulfilment for each of its locations; lines are those of the order, each at most once.
 */
export const fulfilmentsOf = (
  expected: readonly Expected[],
  lines: ShipmentNews['lines'],
): readonly Fulfilment[] => {
  const taken = lines.flatMap((line) => takeLine(expected, line));
  return [...Map.groupBy(taken, ({ locationId }) => locationId).values()].map((atLocation) =>
    [...Map.groupBy(atLocation, ({ fulfilmentOrderId }) => fulfilmentOrderId)].map(([id, items]) => ({
      fulfillment_order_id: id,
      fulfillment_order_line_items: items.map(({ lineItemId, quantity }) => ({ id: lineItemId, quantity })),
    })),
  );
};
