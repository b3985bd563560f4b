import { unitsIn } from './move-units.ts';
import type { Order, OrderLine } from './order.ts';
import { outcomeOf } from './status.ts';

export type Violation = { readonly subject: string; readonly rule: string; readonly detail: string };

const BUCKETS = ['open', 'reserved', 'shipped', 'backordered', 'cancelled'] as const;

const lineViolations = (order: Order, line: OrderLine): readonly Violation[] => {
  const subject = `${order.orderId}/${line.lineId}`;
  const sum = BUCKETS.reduce((total, bucket) => total + line[bucket], 0);
  const held = order.work
    .flatMap((work) => work.lines)
    .filter(({ lineId }) => lineId === line.lineId)
    .reduce((total, { quantity }) => total + quantity, 0);
  return [
    ...(sum === line.ordered
      ? []
      : [{ subject, rule: 'countersAddUp', detail: `ordered ${line.ordered}, counters make ${sum}` }]),
    ...BUCKETS.filter((bucket) => line[bucket] < 0).map((bucket) => ({
      subject,
      rule: 'noNegativeCounter',
      detail: `${bucket} is ${line[bucket]}`,
    })),
    ...(held === line.reserved
      ? []
      : [{ subject, rule: 'reservedIsAtNodes', detail: `reserved ${line.reserved}, nodes hold ${held}` }]),
  ];
};

/** What is wrong with an order on its own: nothing, if the code is right. */
export const violationsOf = (order: Order): readonly Violation[] => [
  ...order.lines.flatMap((line) => lineViolations(order, line)),
  ...(order.cancellation !== undefined &&
  unitsIn(order.lines, 'open') + unitsIn(order.lines, 'backordered') > 0
    ? [{ subject: order.orderId, rule: 'cancelledStaysCancelled', detail: 'units wait under a cancellation' }]
    : []),
  ...(outcomeOf(order) !== undefined && order.work.some((work) => work.outcome === undefined)
    ? [{ subject: order.orderId, rule: 'closedHasNoWork', detail: 'a node still works for a closed order' }]
    : []),
];
