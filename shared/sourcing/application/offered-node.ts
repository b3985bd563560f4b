import type { Instant } from '../../kernel/instant.ts';
import { dateOf, localTimeAt } from '../../kernel/local-time.ts';
import type { NodeCalendar } from '../../network/index.ts';
import type { OfferedNode } from '../domain/decision-inputs.ts';

/** A node as it is remembered between decisions: nothing in it depends on the moment or on the order. */
export type KnownNode = Omit<OfferedNode, 'calendar'> & { readonly calendar?: NodeCalendar | undefined };

/**
 * The node at this moment, with no more than this order's decision needs: what its clocks show, closed days that are
 * still to come, snoozes of these products that are not over. Most nodes have none of it and are handed on as they are.
 */
export const offeredNodeAt = (
  { calendar, productSnoozes, ...node }: KnownNode,
  at: Instant,
  skus: ReadonlySet<string>,
): OfferedNode => {
  const snoozes = productSnoozes?.filter(
    ({ sku, until }) => skus.has(sku) && Date.parse(until) > Date.parse(at),
  );
  const localTime = calendar === undefined ? undefined : localTimeAt(calendar.timeZone, at);
  return {
    ...node,
    ...(snoozes === undefined || snoozes.length === 0 ? {} : { productSnoozes: snoozes }),
    ...(calendar === undefined || localTime === undefined
      ? {}
      : {
          calendar: {
            ...calendar,
            closedDates: calendar.closedDates.filter((date) => date >= dateOf(localTime)),
            localTime,
          },
        }),
  };
};
