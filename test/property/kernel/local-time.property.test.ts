import * as fc from 'fast-check';
import { localTimeAt } from '../../../shared/kernel/local-time.ts';

const zones = fc.constantFrom(
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Apia',
);
const moments = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) });
const minutesOf = (localTime: string) => Date.parse(`${localTime}:00Z`) / 60_000;
const offsetAt = (zone: string, moment: number) =>
  minutesOf(localTimeAt(zone, new Date(moment).toISOString())) - Math.floor(moment / 60_000);

describe('local time', () => {
  it('is off from UTC by quarters of an hour, by 12 hours behind to 14 ahead', () => {
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const offset = offsetAt(zone, moment);
        expect(Math.abs(offset % 15)).toBe(0);
        expect(offset).toBeGreaterThanOrEqual(-12 * 60);
        expect(offset).toBeLessThanOrEqual(14 * 60);
      }),
    );
  });

  it('goes on minute by minute, and jumps by two hours at most when clocks are changed', () => {
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const jump = offsetAt(zone, moment + 86_400_000) - offsetAt(zone, moment);
        expect(Math.abs(jump)).toBeLessThanOrEqual(120);
      }),
    );
  });
});
