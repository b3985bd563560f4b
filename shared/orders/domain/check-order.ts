import type { LineId } from '../../kernel/ids.ts';
import { grandTotalOf } from '../../kernel/order-total.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { ChannelOrder } from './channel-order.ts';

export type DuplicateLines = { readonly type: 'duplicateLines'; readonly lineIds: readonly LineId[] };
/** Amounts in minor units: what the order states and what its parts make. */
export type MoneyMismatch = {
  readonly type: 'moneyDoesNotAddUp';
  readonly parts: readonly { readonly at: string; readonly stated: number; readonly computed: number }[];
};

/** Two lines under one id cannot be told apart by any later fact. */
export const checkLines = (order: ChannelOrder): Result<ChannelOrder, DuplicateLines> => {
  const seen = new Set<LineId>();
  const twice = new Set<LineId>();
  for (const { lineId } of order.lines) (seen.has(lineId) ? twice : seen).add(lineId);
  return twice.size === 0 ? ok(order) : refuse({ type: 'duplicateLines', lineIds: [...twice] });
};

/**
 * Proves that the parts make the whole, to the cent:
 * line total = unit price x quantity - discount; sum of line totals = goods - discount;
 * the grand total after `grandTotalOf`. Discounts of the whole order are to be spread over the lines.
 */
export const checkMoney = (order: ChannelOrder): Result<ChannelOrder, MoneyMismatch> => {
  const { goods, discount, grand } = order.totals;
  const linesTotal = order.lines.reduce((sum, line) => sum + line.total, 0);
  const parts = [
    ...order.lines.map((line, index) => ({
      at: `lines.${index}.total`,
      stated: line.total,
      computed: line.unitPrice * line.quantity - line.discount,
    })),
    { at: 'totals.goods - totals.discount', stated: goods - discount, computed: linesTotal },
    {
      at: 'totals.grand',
      stated: grand,
      computed: grandTotalOf(order.totals, order.pricesIncludeTax ?? false),
    },
  ].filter((part) => part.stated !== part.computed);
  return parts.length === 0 ? ok(order) : refuse({ type: 'moneyDoesNotAddUp', parts });
};
