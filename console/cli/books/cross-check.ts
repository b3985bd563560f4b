import type { OpenReservation } from '../../../shared/inventory/index.ts';
import type { OrdersAudit } from '../api-types.ts';

/** Something in the books that does not add up. */
export type Finding = { readonly rule: string; readonly subject: string; readonly detail: string };

const SEPARATOR = '\u0000';
const sumBy = <Entry extends { readonly quantity: number }>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => readonly string[],
): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const entry of entries) {
    const key = keyOf(entry).join(SEPARATOR);
    sums.set(key, (sums.get(key) ?? 0) + entry.quantity);
  }
  return sums;
};

/** A fulfilment order id is `<reservationId>.<nodeId>`. */
const reservationOf = (fulfilmentOrderId: string, nodeId: string): string =>
  fulfilmentOrderId.slice(0, -(nodeId.length + 1));

/** What a basket holds is no routing's: no order counts on those units yet. */
const isBasket = (reservationId: string): boolean => reservationId.startsWith('bsk_');

/** Each order must believe to hold exactly the units that are open under its reservations. */
export const crossCheck = (
  open: readonly OpenReservation[],
  believed: OrdersAudit['reserved'],
): readonly Finding[] => {
  const held = sumBy(
    open.filter((each) => !isBasket(each.reservationId)),
    ({ reservationId, nodeId, sku }) => [reservationId, nodeId, sku],
  );
  const expected = sumBy(believed, ({ fulfilmentOrderId, nodeId, sku }) => [
    reservationOf(fulfilmentOrderId, nodeId),
    nodeId,
    sku,
  ]);
  return [...new Set([...held.keys(), ...expected.keys()])]
    .filter((key) => (held.get(key) ?? 0) !== (expected.get(key) ?? 0))
    .map((key) => {
      const [reservationId = '', nodeId = '', sku = ''] = key.split(SEPARATOR);
      return {
        rule: 'an order holds what is reserved for it',
        subject: `${reservationId}.${nodeId}`,
        detail: `the order counts on ${expected.get(key) ?? 0} of ${sku} at ${nodeId}, the stock holds ${held.get(key) ?? 0} for it`,
      };
    });
};

const identity = (finding: Finding): string =>
  [finding.rule, finding.subject, finding.detail].join(SEPARATOR);

/**
 * Stock and orders are not one snapshot: work in flight looks like an error for a moment, and like another one in the
 * next. Only what every reading says in the same words is an error.
 */
export const lastingFindings = (readings: readonly (readonly Finding[])[]): readonly Finding[] => {
  const [first, ...later] = readings;
  return (first ?? []).filter((finding) =>
    later.every((reading) => reading.some((other) => identity(other) === identity(finding))),
  );
};
