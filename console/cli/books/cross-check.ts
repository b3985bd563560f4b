import type { OrdersAudit, StockAudit } from '../api-types.ts';

/** Something in the books that does not add up. */
export type Finding = { readonly rule: string; readonly subject: string; readonly detail: string };

export type Books = {
  readonly positionsChecked: number;
  readonly ordersChecked: number;
  readonly openReservations: number;
  readonly reservedUnits: number;
  readonly findings: readonly Finding[];
};

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

const compare = (
  left: ReadonlyMap<string, number>,
  right: ReadonlyMap<string, number>,
  say: (parts: readonly string[], left: number, right: number) => Finding,
): Finding[] =>
  [...new Set([...left.keys(), ...right.keys()])]
    .filter((key) => (left.get(key) ?? 0) !== (right.get(key) ?? 0))
    .map((key) => say(key.split(SEPARATOR), left.get(key) ?? 0, right.get(key) ?? 0));

/** A fulfilment order id is `<reservationId>.<nodeId>`. */
const reservationOf = (fulfilmentOrderId: string, nodeId: string): string =>
  fulfilmentOrderId.slice(0, -(nodeId.length + 1));

/**
 * Holds all pages of both audits against each other: per cell (SKU x node) the open reservations must add up to the
 * reserved counter, and each order must believe to hold exactly the units that are open under its reservations.
 */
export const crossCheck = (stock: readonly StockAudit[], orders: readonly OrdersAudit[]): Books => {
  const positions = stock.flatMap((page) => page.positions);
  const open = stock.flatMap((page) => page.openReservations);
  const believed = orders.flatMap((page) => page.reserved);

  const cells = compare(
    sumBy(open, ({ sku, nodeId }) => [sku, nodeId]),
    sumBy(
      positions.map(({ reserved, ...cell }) => ({ ...cell, quantity: reserved })),
      ({ sku, nodeId }) => [sku, nodeId],
    ),
    ([sku = '', nodeId = ''], claimed, counted) => ({
      rule: 'reserved equals the open reservations',
      subject: `${sku} at ${nodeId}`,
      detail: `the counter says ${counted} reserved, the open reservations add up to ${claimed}`,
    }),
  );
  const claims = compare(
    sumBy(open, ({ reservationId, nodeId, sku }) => [reservationId, nodeId, sku]),
    sumBy(believed, ({ fulfilmentOrderId, nodeId, sku }) => [
      reservationOf(fulfilmentOrderId, nodeId),
      nodeId,
      sku,
    ]),
    ([reservationId = '', nodeId = '', sku = ''], held, expected) => ({
      rule: 'an order holds what is reserved for it',
      subject: `${reservationId}.${nodeId}`,
      detail: `the order counts on ${expected} of ${sku} at ${nodeId}, the stock holds ${held} for it`,
    }),
  );
  return {
    positionsChecked: stock.reduce((sum, page) => sum + page.positionsChecked, 0),
    ordersChecked: orders.reduce((sum, page) => sum + page.ordersChecked, 0),
    openReservations: open.length,
    reservedUnits: positions.reduce((sum, { reserved }) => sum + reserved, 0),
    findings: [...stock, ...orders].flatMap((page) => page.violations).concat(cells, claims),
  };
};

const identity = (finding: Finding): string =>
  [finding.rule, finding.subject, finding.detail].join(SEPARATOR);

/**
 * The two audits are not one snapshot: work in flight looks like an error for a moment, and like another one in the
 * next. Only what every reading says in the same words is an error.
 */
export const lastingFindings = (readings: readonly Books[]): readonly Finding[] => {
  const [first, ...later] = readings;
  return (first?.findings ?? []).filter((finding) =>
    later.every((reading) => reading.findings.some((other) => identity(other) === identity(finding))),
  );
};
