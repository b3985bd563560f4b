import {
  canonicalOrder,
  type CanonicalOrderInput,
} from '../../../shared/contracts/orders/canonical-order.ts';
import { lineId, nodeId, sku } from '../../../shared/contracts/scalars.ts';
import { deriveOrderId, hashSha256 } from '../../../shared/orders/adapters/derive-order-id.ts';
import type { ChannelOrder } from '../../../shared/orders/domain/channel-order.ts';
import type { Order } from '../../../shared/orders/domain/order.ts';
import { placeOrder } from '../../../shared/orders/domain/place-order.ts';

export const AT = '2026-11-23T09:30:00.000Z';
export const LATER = '2026-11-23T10:30:00.000Z';

export const line = (id: string) => lineId.parse(id);
export const node = (id: string) => nodeId.parse(id);
export const theSku = (text: string) => sku.parse(text);

type LineInput = CanonicalOrderInput['lines'][number];

export const aLine = (over: Partial<LineInput> = {}): LineInput => {
  const { quantity = 3, unitPrice = 1000, discount = 0 } = over;
  return {
    lineId: '1',
    sku: 'MUG-RED',
    quantity,
    unitPrice,
    discount,
    total: unitPrice * quantity - discount,
    ...over,
  };
};

/** A canonical order whose money adds up, whatever its lines. */
export const aChannelOrder = (
  over: Partial<CanonicalOrderInput> = {},
  lines: readonly LineInput[] = [aLine()],
): ChannelOrder => {
  const goods = lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0);
  const discount = lines.reduce((sum, each) => sum + (each.discount ?? 0), 0);
  return canonicalOrder.parse({
    channel: 'shopify',
    connection: 'main',
    channelOrderId: '820982911946154508',
    channelVersion: 1,
    placedAt: AT,
    currency: 'USD',
    shipTo: { country: 'US', region: 'NY', postcode: '10001', line1: '1 Any Street' },
    lines: [...lines],
    totals: { goods, discount, shipping: 500, tax: 0, grand: goods - discount + 500 },
    ...over,
  });
};

export const aStatedOrder = (order: ChannelOrder) => ({
  order,
  hash: hashSha256(JSON.stringify({ ...order, channelVersion: 0 })),
});

/** A placed order, before any routing. */
export const anOrder = (stated: ChannelOrder = aChannelOrder()): Order => {
  const placed = placeOrder(deriveOrderId(stated), stated, AT);
  if (!placed.ok) throw new Error(placed.refusal.type);
  return placed.value.order;
};

/** The value of a result that must be one. */
export const valueOf = <Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusal: unknown },
): Value => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
};
