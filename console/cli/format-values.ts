import { formatMoney } from '../../shared/kernel/money.ts';
import type { Colours } from './output.ts';

/** 2026-11-23T09:30:00.123Z -> 2026-11-23 09:30:00 (UTC) */
export const formatMoment = (instant: string): string => instant.slice(0, 19).replace('T', ' ');

export const formatAmount = (minor: number, currency: string): string =>
  `${formatMoney({ currency, minor })} ${currency}`;

const GOOD = new Set(['shipped', 'accepted', 'active']);
const OPEN = new Set(['placed', 'inFulfilment', 'requested', 'received', 'duplicate', 'ignored']);
const WAITING = new Set(['backordered', 'onHold', 'partlyShipped', 'snoozed']);

export const paintStatus = (colours: Colours, status: string): string => {
  if (GOOD.has(status)) return colours.green(status);
  if (OPEN.has(status)) return colours.cyan(status);
  if (WAITING.has(status)) return colours.yellow(status);
  return colours.red(status);
};

/** `1 order`, `2 orders` */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
