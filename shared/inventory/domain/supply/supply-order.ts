import type { Day } from '../../../kernel/day.ts';
import type { NodeId, Sku, SupplyId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Cell } from '../cell.ts';

/** Units of one SKU. `departed` and `missing` stay 0 until the units have left, or are known never to come. */
export type SupplyLine = {
  readonly sku: Sku;
  readonly quantity: number;
  /** Of a transfer: left the origin. */
  readonly departed: number;
  /** Came, whether fit for sale or not. */
  readonly received: number;
  /** Were expected when the order was closed, and will not come. */
  readonly missing: number;
};

/** `announced` and `inTransit` are open; `received`: everything came; `short`: closed with a stated difference. */
export type SupplyStatus = 'announced' | 'inTransit' | 'received' | 'short' | 'cancelled';

export type SupplyOrigin =
  | { readonly kind: 'purchase'; readonly supplier: string }
  | { readonly kind: 'transfer'; readonly originId: NodeId };

/**
 * Supply on its way to one node: a purchase order, or a transfer from another node. What has happened under it is kept
 * with it (`receiptKeys`), so that a repeated message finds its effect.
 */
export type SupplyOrder = SupplyOrigin & SupplyState;

export type SupplyState = {
  readonly supplyId: SupplyId;
  readonly nodeId: NodeId;
  /** Undefined: nobody knows when. */
  readonly expectedOn: Day | undefined;
  /** Its author's count of changes: an older announcement changes nothing. */
  readonly revision: number;
  readonly status: SupplyStatus;
  readonly lines: readonly SupplyLine[];
  readonly receiptKeys: readonly string[];
  /** Why it was cancelled or closed short. */
  readonly reason?: string;
  readonly version: number;
  readonly changedAt: Instant;
};

/** Units of one order that one cell may still expect. */
export type ExpectedSupply = Cell & {
  readonly supplyId: SupplyId;
  readonly kind: SupplyOrigin['kind'];
  readonly status: SupplyStatus;
  readonly expectedOn: Day | undefined;
  readonly units: number;
};

/** An open order in a list: what it is, and how many units may still come. */
export type OpenSupply = SupplyOrigin &
  Pick<SupplyState, 'supplyId' | 'nodeId' | 'expectedOn' | 'status'> & { readonly units: number };

export const isOpen = ({ status }: SupplyOrder): boolean => status === 'announced' || status === 'inTransit';

/** Units of a line that may still come: of those that have left, once a transfer is on its way. */
export const outstandingOf = (order: SupplyOrder, line: SupplyLine): number => {
  if (!isOpen(order)) return 0;
  return (order.status === 'inTransit' ? line.departed : line.quantity) - line.received;
};

/** What its cells may still expect of an order, line by line. */
export const expectedOf = (order: SupplyOrder): readonly ExpectedSupply[] =>
  order.lines.flatMap((line) => {
    const units = outstandingOf(order, line);
    const { supplyId, kind, status, nodeId, expectedOn } = order;
    return units > 0 ? [{ sku: line.sku, nodeId, supplyId, kind, status, expectedOn, units }] : [];
  });

export const openSupplyOf = (order: SupplyOrder): OpenSupply => {
  const { supplyId, nodeId, expectedOn, status } = order;
  const units = expectedOf(order).reduce((sum, expected) => sum + expected.units, 0);
  const state = { supplyId, nodeId, expectedOn, status, units };
  return order.kind === 'transfer'
    ? { kind: order.kind, originId: order.originId, ...state }
    : { kind: order.kind, supplier: order.supplier, ...state };
};
