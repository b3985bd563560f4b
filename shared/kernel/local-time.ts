import type { Instant } from './instant.ts';

/** A date as clocks on the spot show it, `2026-11-25`: sorts as text. */
export type LocalDate = string;
/** Date and minute as clocks on the spot show them, `2026-11-25T16:10`: sorts as text. */
export type LocalTime = string;

/** Building a formatter costs some fifty times what using one does; zones are few. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  // Swedish writes `2026-11-25 16:10`, hours from 00 to 23.
  const made = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    calendar: 'iso8601',
    numberingSystem: 'latn',
  });
  formatters.set(timeZone, made);
  return made;
};

/** Whether this runtime knows the IANA time zone, e.g. `America/New_York`. */
export const isTimeZone = (timeZone: string): boolean => {
  try {
    formatterOf(timeZone);
    return true;
  } catch {
    return false;
  }
};

/** What clocks in the zone show at that moment, summer time and past changes of the zone included. */
export const localTimeAt = (timeZone: string, at: Instant): LocalTime =>
  formatterOf(timeZone).format(Date.parse(at)).replace(' ', 'T');

export const dateOf = (time: LocalTime): LocalDate => time.slice(0, 10);

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 by the calendar, whatever clocks do in between. */
export const dayNumber = (date: LocalDate): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
export const dateOfDay = (day: number): LocalDate => new Date(day * DAY_MS).toISOString().slice(0, 10);
