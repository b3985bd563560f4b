import type { Instant } from '../../../kernel/instant.ts';
import { dateOf, type LocalDate } from '../../../kernel/local-time.ts';
import type { OfferedNode } from '../decision-inputs.ts';

/** What work weighs on a node: orders, products to pick (two lines of one product are one walk), units. */
export type Load = { readonly orders: number; readonly lines: number; readonly units: number };

/** The most that a node takes on in a day; an absent field is no limit. */
export type DayLimits = {
  readonly ordersPerDay?: number | undefined;
  readonly linesPerDay?: number | undefined;
  readonly unitsPerDay?: number | undefined;
};

export const NO_LOAD: Load = { orders: 0, lines: 0, units: 0 };

export const addLoads = (one: Load, other: Load): Load => ({
  orders: one.orders + other.orders,
  lines: one.lines + other.lines,
  units: one.units + other.units,
});

export const negative = ({ orders, lines, units }: Load): Load => ({
  orders: -orders,
  lines: -lines,
  units: -units,
});

/** The load of one parcel: one order, its products, its units. */
export const loadOf = (parcel: readonly { readonly sku: string; readonly quantity: number }[]): Load => ({
  orders: 1,
  lines: new Set(parcel.map(({ sku }) => sku)).size,
  units: parcel.reduce((sum, { quantity }) => sum + quantity, 0),
});

export const hasLimits = ({ ordersPerDay, linesPerDay, unitsPerDay }: DayLimits): boolean =>
  ordersPerDay !== undefined || linesPerDay !== undefined || unitsPerDay !== undefined;

/** What limits leave after `taken`; Infinity where there is none, below 0 where more is taken than may be. */
export const roomUnder = (limits: DayLimits, taken: Load): Load => ({
  orders: (limits.ordersPerDay ?? Number.POSITIVE_INFINITY) - taken.orders,
  lines: (limits.linesPerDay ?? Number.POSITIVE_INFINITY) - taken.lines,
  units: (limits.unitsPerDay ?? Number.POSITIVE_INFINITY) - taken.units,
});

/** What the node has taken on today, as a decision was shown it. */
export const takenToday = (node: OfferedNode): Load => ({
  orders: node.ordersToday ?? 0,
  lines: node.linesToday ?? 0,
  units: node.unitsToday ?? 0,
});

/** The day that work routed at this moment counts on: the node's own, or by UTC where it has no calendar. */
export const capacityDayOf = (node: OfferedNode, at: Instant): LocalDate =>
  dateOf(node.calendar?.localTime ?? at);
