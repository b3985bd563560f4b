import * as z from 'zod';
import { day, nodeId, sku, supplyId } from '../../contracts/scalars.ts';
import type { SupplyId } from '../../kernel/ids.ts';
import type { ExpectedSupply, OpenSupply, SupplyOrder } from '../domain/supply/supply-order.ts';
import type { TableItem } from './stock-items.ts';

/** Where supply lies: the order itself, a short entry while it is open, and what each of its cells may still expect. */
export const supplyKey = (id: SupplyId) => ({ pk: `SUPPLY#${id}`, sk: 'SUPPLY' });
export const OPEN_SUPPLY = 'OPEN-SUPPLY';
export const openSupplyKey = (id: SupplyId) => ({ pk: OPEN_SUPPLY, sk: id });
export const EXPECTED_PREFIX = 'EXPECTED#';
export const expectedKey = (expected: Pick<ExpectedSupply, 'sku' | 'nodeId' | 'supplyId'>) => ({
  pk: `SKU#${expected.sku}`,
  sk: `${EXPECTED_PREFIX}${expected.nodeId}#${expected.supplyId}`,
});

const status = z.enum(['announced', 'inTransit', 'received', 'short', 'cancelled']);
const purchase = { kind: z.literal('purchase'), supplier: z.string() };
const transfer = { kind: z.literal('transfer'), originId: nodeId };

const supplyState = z.object({
  entity: z.literal('supply'),
  supplyId,
  nodeId,
  expectedOn: day.optional(),
  revision: z.int(),
  status,
  lines: z.array(
    z.object({ sku, quantity: z.int(), departed: z.int(), received: z.int(), missing: z.int() }),
  ),
  receiptKeys: z.array(z.string()),
  reason: z.string().exactOptional(),
  version: z.int(),
  changedAt: z.string(),
});
const supplyItem = z.discriminatedUnion('kind', [supplyState.extend(purchase), supplyState.extend(transfer)]);

const openState = z.object({
  entity: z.literal('openSupply'),
  supplyId,
  nodeId,
  expectedOn: day.optional(),
  status,
  units: z.int(),
});
const openItem = z.discriminatedUnion('kind', [openState.extend(purchase), openState.extend(transfer)]);

const expectedItem = z.object({
  entity: z.literal('expected'),
  sku,
  nodeId,
  supplyId,
  kind: z.enum(['purchase', 'transfer']),
  status,
  expectedOn: day.optional(),
  units: z.int(),
});

/** Each throws on an item that is none of its kind. */
export const supplyFrom = (item: TableItem): SupplyOrder => {
  const { entity: _, expectedOn, ...order } = supplyItem.parse(item);
  return { ...order, expectedOn };
};

export const openSupplyFrom = (item: TableItem): OpenSupply => {
  const { entity: _, expectedOn, ...open } = openItem.parse(item);
  return { ...open, expectedOn };
};

export const expectedFrom = (item: TableItem): ExpectedSupply => {
  const { entity: _, expectedOn, ...expected } = expectedItem.parse(item);
  return { ...expected, expectedOn };
};
