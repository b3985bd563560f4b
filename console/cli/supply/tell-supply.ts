import type { OpenSupply, SupplyOrder } from '../api-types.ts';
import { paintStatus } from '../format-values.ts';
import { formatTable, plain, type Output } from '../output.ts';

const fromOf = ({ supplier, originId }: Pick<OpenSupply, 'supplier' | 'originId'>): string =>
  plain(originId ?? supplier ?? '');

/** One order: where it stands, and its units line by line. */
export const renderSupply = (out: Output, order: SupplyOrder): void => {
  if (out.json) return out.document(order);
  const isTransfer = order.kind === 'transfer';
  const numbers = ['ORDERED', ...(isTransfer ? ['LEFT'] : []), 'CAME', 'MISSING'];
  out.print(
    `${order.supplyId}: ${order.kind} from ${fromOf(order)} to ${order.nodeId}, ${paintStatus(out.colours, order.status)}` +
      `, expected ${order.expectedOn ?? 'nobody knows when'}${order.reason === undefined ? '' : ` (${plain(order.reason)})`}`,
  );
  const rows = order.lines.map(({ sku, quantity, departed, received, missing }) => [
    plain(sku),
    ...[quantity, ...(isTransfer ? [departed] : []), received, missing].map(String),
  ]);
  out.print(formatTable(['SKU', ...numbers], rows, numbers));
};

/** Open orders, one a row. */
export const renderOpenSupply = (out: Output, orders: readonly OpenSupply[]): void => {
  if (out.json) return out.document(orders);
  if (orders.length === 0) return out.print('Nothing is on its way.');
  const rows = orders.map((order) => [
    order.supplyId,
    order.kind,
    fromOf(order),
    order.nodeId,
    paintStatus(out.colours, order.status),
    order.expectedOn ?? '?',
    String(order.units),
  ]);
  out.print(formatTable(['ORDER', 'KIND', 'FROM', 'TO', 'STATUS', 'EXPECTED', 'UNITS'], rows, ['UNITS']));
};
