import * as fc from 'fast-check';
import { dateOf, dateOfDay, dayNumber, localTimeAt } from '../../../shared/kernel/local-time.ts';
import { shipDayOf, type CalendarNow } from '../../../shared/sourcing/domain/ship-day.ts';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const zones = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata');
/** Two years, with four changes of the clocks. */
const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });
const dates = fc
  .integer({ min: dayNumber('2026-01-01'), max: dayNumber('2028-01-31') })
  .map((day) => dateOfDay(day));
const rules = fc.record({
  workingDays: fc.subarray([...WEEK], { minLength: 1 }),
  closedDates: fc.array(dates, { maxLength: 30 }),
  cutOff: fc.option(fc.constantFrom('00:00', '02:30', '14:00', '23:59'), { nil: undefined }),
  handlingDays: fc.nat(4),
});
const calendarAt = (
  timeZone: string,
  drawn: Omit<CalendarNow, 'timeZone' | 'localTime'>,
  moment: number,
): CalendarNow => ({
  ...drawn,
  timeZone,
  localTime: localTimeAt(timeZone, new Date(moment).toISOString()),
});
const weekdayOf = (day: number): string =>
  new Date(day * 86_400_000).toLocaleDateString('en-GB', { weekday: 'short', timeZone: 'UTC' }).toLowerCase();

describe('the day on which an order leaves a node', () => {
  it('is a day that the node works, from today on, and not today once the cut-off has passed', () => {
    fc.assert(
      fc.property(zones, rules, moments, (zone, drawn, moment) => {
        const calendar = calendarAt(zone, drawn, moment);
        const day = shipDayOf(calendar);
        const today = dayNumber(dateOf(calendar.localTime));
        expect(drawn.workingDays).toContain(weekdayOf(day));
        expect(drawn.closedDates).not.toContain(dateOfDay(day));
        const isPast = drawn.cutOff !== undefined && calendar.localTime.slice(11) >= drawn.cutOff;
        expect(day - today).toBeGreaterThanOrEqual((isPast ? 1 : 0) + drawn.handlingDays);
      }),
    );
  });

  it('is never sooner for an order that comes a day later, whatever clocks do in between', () => {
    fc.assert(
      fc.property(zones, rules, moments, (zone, drawn, moment) => {
        const now = shipDayOf(calendarAt(zone, drawn, moment));
        expect(shipDayOf(calendarAt(zone, drawn, moment + 86_400_000))).toBeGreaterThanOrEqual(now);
      }),
    );
  });

  it('is not later with a later cut-off, one closed date less or one day of handling less', () => {
    fc.assert(
      fc.property(zones, rules, moments, (zone, drawn, moment) => {
        const day = shipDayOf(calendarAt(zone, drawn, moment));
        const easier = [
          { ...drawn, cutOff: undefined },
          { ...drawn, closedDates: drawn.closedDates.slice(1) },
          { ...drawn, handlingDays: Math.max(0, drawn.handlingDays - 1) },
          { ...drawn, workingDays: [...WEEK] },
        ];
        for (const each of easier) expect(shipDayOf(calendarAt(zone, each, moment))).toBeLessThanOrEqual(day);
      }),
    );
  });
});
