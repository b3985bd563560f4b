import { dateOf, dateOfDay, dayNumber, type LocalDate } from '../../kernel/local-time.ts';
import type { DecisionInputs, OfferedNode } from './decision-inputs.ts';
import { positionOf } from './geography.ts';
import { shipDayOf } from './ship-day.ts';
import { DEFAULT_TRANSIT } from './tariff.ts';

/** When a parcel would leave a node and arrive, by the calendar, and how late that is. */
export type Delivery = {
  /** Days until it leaves: 0 is today. */
  readonly waitDays: number;
  readonly shipsOn: LocalDate;
  readonly transitDays: number;
  readonly arrivesOn: LocalDate;
  /** After the day that was promised; 0 where nothing was. */
  readonly daysLate: number;
};

/** The same with days as numbers: most nodes are looked at and not chosen, and dates are dear to write. */
export type DeliveryDays = Pick<Delivery, 'waitDays' | 'transitDays' | 'daysLate'> & {
  readonly shipDay: number;
};

const HOUR_MS = 3_600_000;
const DEGREES_AN_HOUR = 15;

/**
 * The day of the promise where the order goes. Its time zone is not known, so it is taken by the sun: a promise for the
 * end of a day is usually given in UTC, where that is the next day already.
 */
export const promisedDayOf = ({ request }: DecisionInputs): number | undefined => {
  if (request.deliverBy === undefined) return undefined;
  const hours = Math.round((positionOf(request.shipTo)?.longitude ?? 0) / DEGREES_AN_HOUR);
  return dayNumber(new Date(Date.parse(request.deliverBy) + hours * HOUR_MS).toISOString().slice(0, 10));
};

/** Calendar days on the road. Nothing travels that is collected where it lies. */
export const transitDaysOf = (
  node: OfferedNode,
  miles: number,
  { request, tariff }: DecisionInputs,
): number => {
  if (request.pickupNode === node.nodeId) return 0;
  const { milesPerDay, extraDays } = tariff.transit ?? DEFAULT_TRANSIT;
  return (
    Math.ceil(miles / milesPerDay) + (Object.hasOwn(extraDays, node.type) ? (extraDays[node.type] ?? 0) : 0)
  );
};

/** A node without a calendar ships on the day of the decision. `promised`: of `promisedDayOf`. */
export const deliveryDaysFrom = (
  node: OfferedNode,
  miles: number,
  inputs: DecisionInputs,
  promised: number | undefined,
): DeliveryDays => {
  const today = dayNumber(dateOf(node.calendar?.localTime ?? inputs.at));
  const shipDay = node.calendar === undefined ? today : shipDayOf(node.calendar);
  const transitDays = transitDaysOf(node, miles, inputs);
  const late = promised === undefined ? 0 : shipDay + transitDays - promised;
  return { waitDays: shipDay - today, shipDay, transitDays, daysLate: Math.max(0, late) };
};

export const datedDelivery = ({ shipDay, waitDays, transitDays, daysLate }: DeliveryDays): Delivery => ({
  waitDays,
  shipsOn: dateOfDay(shipDay),
  transitDays,
  arrivesOn: dateOfDay(shipDay + transitDays),
  daysLate,
});
