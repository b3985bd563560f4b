import { dateOfDay, dayNumber, isTimeZone, localTimeAt } from '../../../shared/kernel/local-time.ts';

describe('local time', () => {
  it.each([
    ['winter', 'America/New_York', '2026-11-25T05:00:00.000Z', '2026-11-25T00:00'],
    ['summer', 'America/New_York', '2026-07-01T03:59:00.000Z', '2026-06-30T23:59'],
    ['the minute before clocks go forward', 'Europe/Berlin', '2026-03-29T00:59:00.000Z', '2026-03-29T01:59'],
    ['the minute after', 'Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29T03:00'],
    ['the hour that comes twice, first', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30'],
    ['the hour that comes twice, again', 'Europe/Berlin', '2026-10-25T01:30:00.000Z', '2026-10-25T02:30'],
    ['a zone off by a quarter of an hour', 'Asia/Kathmandu', '2026-11-25T00:00:00.000Z', '2026-11-25T05:45'],
    ['the far side of the date line', 'Pacific/Kiritimati', '2026-11-25T12:00:00.000Z', '2026-11-26T02:00'],
    ['midnight', 'Etc/UTC', '2026-11-25T00:00:00.000Z', '2026-11-25T00:00'],
    ['a moment said with an offset', 'Etc/UTC', '2026-11-25T01:00:00+02:00', '2026-11-24T23:00'],
  ])('knows %s', (_, zone, at, expected) => {
    expect(localTimeAt(zone, at)).toBe(expected);
  });

  it('knows which zones there are', () => {
    expect(['Europe/Berlin', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, false, false]);
  });

  it('counts days by the calendar', () => {
    expect(dayNumber('1970-01-02')).toBe(1);
    expect(dateOfDay(dayNumber('2028-02-28') + 1)).toBe('2028-02-29');
  });
});
