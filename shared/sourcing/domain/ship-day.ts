import { dateOf, dayNumber, type LocalTime } from '../../kernel/local-time.ts';
import type { NodeCalendar } from '../../network/index.ts';

/**
 * A node's calendar with what its clocks show at the moment of the decision. The time zone has been resolved before,
 * so that a decision comes out the same on a machine that knows other zones.
 */
export type CalendarNow = NodeCalendar & { readonly localTime: LocalTime };

/** 1970-01-01 was a Thursday. */
const WEEK = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'] as const;

const isWorkingDay = (calendar: NodeCalendar, day: number): boolean => {
  const weekday = WEEK[((day % 7) + 7) % 7];
  return (
    weekday !== undefined &&
    calendar.workingDays.includes(weekday) &&
    !calendar.closedDates.some((date) => dayNumber(date) === day)
  );
};

/** Ends, since a week has a working day and there are not more closed dates than are listed. */
const workingDayFrom = (calendar: NodeCalendar, day: number): number => {
  let found = day;
  while (!isWorkingDay(calendar, found)) found += 1;
  return found;
};

const isPastCutOff = ({ localTime, cutOff }: CalendarNow): boolean =>
  cutOff !== undefined && localTime.slice(11) >= cutOff;

/**
 * The day on which an order taken now leaves the node: today if it works today and its cut-off has not passed, else its
 * next working day; then as many working days later as it takes to handle.
 */
export const shipDayOf = (calendar: CalendarNow): number => {
  const today = dayNumber(dateOf(calendar.localTime));
  let day = workingDayFrom(calendar, isPastCutOff(calendar) ? today + 1 : today);
  for (let handled = 0; handled < calendar.handlingDays; handled += 1)
    day = workingDayFrom(calendar, day + 1);
  return day;
};
