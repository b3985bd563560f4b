import {
  fulfilmentOrderId,
  lineId,
  nodeId,
  orderId,
  reservationId,
  sku,
} from '../../../shared/contracts/scalars.ts';
import {
  requestWork,
  type FulfilmentOrder,
  type LineQuantity,
  type WorkRequest,
} from '../../../shared/fulfilment/domain/fulfilment-order.ts';

export const ORDER = orderId.parse('ord_01h9v6q0x4m8c2k7r5t3w1y9za');
export const AT = '2026-11-23T09:30:00.000Z';
export const LATER = '2026-11-23T10:00:00.000Z';
export const DC_EAST = nodeId.parse('DC-EAST');
export const STORE_5 = nodeId.parse('STORE-5');

export const aLine = (line: string, quantity: number, item = `SKU-${line}`): LineQuantity => ({
  lineId: lineId.parse(line),
  sku: sku.parse(item),
  quantity,
});

export const workIdAt = (node: string, revision = 1) =>
  fulfilmentOrderId.parse(`${ORDER}.${revision}.${node}`);

/** Work for DC-EAST: two of line 1, one of line 2. */
const aRequest = (over: Partial<WorkRequest> = {}): WorkRequest => ({
  fulfilmentOrderId: workIdAt(over.nodeId ?? DC_EAST),
  orderId: ORDER,
  reservationId: reservationId.parse(`${ORDER}.1`),
  nodeId: DC_EAST,
  lines: [aLine('1', 2), aLine('2', 1)],
  shipTo: { name: 'A. Customer', city: 'Columbus', country: 'US' },
  shippingService: 'standard',
  ...over,
});

export const aWork = (over: Partial<WorkRequest> = {}, at = AT): FulfilmentOrder =>
  requestWork(aRequest(over), at);
