import { countOf } from '../../../console/cli/format-values.ts';
import { formatMoney } from '../../../shared/kernel/money.ts';
import type { DemoSummary } from './run-demo.ts';

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const counts = (entries: Readonly<Record<string, number>>): string =>
  Object.entries(entries)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
const dollars = (minor: number): string =>
  `${formatMoney({ currency: 'USD', minor: Math.round(minor) })} USD`;

/** The summary of a run for people, a line for each figure. */
export const summaryText = (summary: DemoSummary): string => {
  const { flow, books, partners } = summary;
  const perOrder = flow.orders === 0 ? 0 : flow.costMinor / flow.orders;
  const rows: readonly (readonly [string, string])[] = [
    ['orders', `${flow.orders} (${counts(flow.channels)}) in ${summary.seconds.toFixed(0)} s`],
    ['outcomes', counts(flow.outcomes)],
    ['units', `${flow.units.ordered} ordered, ${flow.units.shipped} shipped, ${flow.units.cancelled} cancelled`],
    ['shipments', `${flow.shipments}, ${flow.shipmentsPerShippedOrder.toFixed(2)} an order that shipped; ${percent(flow.splitShare)} of them split over nodes`],
    ['work at nodes', counts(flow.work)],
    ['backordered', `${countOf(flow.backordered, 'order')}, served by ${countOf(partners.receipts, 'receipt')}`],
    ['cost', `${dollars(flow.costMinor)} carriage and handling, ${dollars(perOrder)} an order`],
    ['order to shipped', `half within ${flow.orderToShipped.p50.toFixed(1)} s, nine in ten within ${flow.orderToShipped.p90.toFixed(1)} s`],
    ['channels', `${partners.deliveries} deliveries and ${partners.repeats} repeats sent, ${partners.told} messages back`],
    ['books', books.findings.length === 0 ? `balance: ${books.positionsChecked} positions, ${books.ordersChecked} orders` : `do NOT balance: ${countOf(books.findings.length, 'finding')}`],
  ]; // prettier-ignore
  const failures = summary.failures.map((failure) => `  ! ${failure}`);
  return ['', ...rows.map(([name, value]) => `  ${name.padEnd(18)}${value}`), ...failures].join('\n');
};
