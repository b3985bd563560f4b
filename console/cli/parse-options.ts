import { InvalidArgumentError } from 'commander';

/** Whole number of 1 or more, for commander options. */
export const positiveInteger = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('say a whole number of 1 or more.');
  return Number(text);
};

/** Whole number of 0 or more, for commander options. */
export const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('say a whole number of 0 or more.');
  return Number(text);
};

/** A day or a moment, ISO 8601; a day means its start in UTC. */
export const moment = (text: string): string => {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at))
    throw new InvalidArgumentError('say a day (2026-11-23) or a moment (2026-11-23T09:30:00Z).');
  return new Date(at).toISOString();
};

/** Whole number of 0 or more. */
export const wholeUnits = (text: string): number => {
  if (!/^\d{1,8}$/.test(text)) throw new InvalidArgumentError('say a whole number of 0 or more.');
  return Number(text);
};

/** A calendar day, ISO 8601. */
export const day = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !moment(text).startsWith(text))
    throw new InvalidArgumentError('say a day, such as 2026-12-01.');
  return text;
};
