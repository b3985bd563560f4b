import type { StockPosition } from './api-types.ts';
import { cellPath } from './cell-path.ts';
import type { Session } from './session.ts';
import { renderStock } from './tell-stock.ts';

/** Changes one position, once under the key in `body`, so that it may be sent again; shows the position after it. */
export const changePosition = async (
  { api, out }: Session,
  { sku, node }: { readonly sku: string; readonly node: string },
  change: {
    readonly method: 'PUT' | 'POST';
    /** Absent: the position itself is put. */
    readonly action?: 'ring-fence' | 'receipts' | 'movements' | undefined;
    readonly body: { readonly key: string };
  },
): Promise<void> => {
  const { method, action, body } = change;
  const path = `${cellPath(sku, node)}${action === undefined ? '' : `/${action}`}`;
  const answer = await api.call<StockPosition>({ method, path, body, repeatable: true });
  if (out.json) out.document(answer.body);
  else renderStock(out, { sku, positions: [answer.body] }, node);
};
