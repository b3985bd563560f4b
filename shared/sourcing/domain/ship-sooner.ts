import type { DecisionInputs } from './decision-inputs.ts';
import { deliveryDaysFrom } from './delivery.ts';
import type { CalendarNow } from './ship-day.ts';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** As if the node worked every day and handed over exactly so many days from today. */
const leavingIn = (calendar: CalendarNow, days: number): CalendarNow => ({
  ...calendar,
  workingDays: WEEK,
  closedDates: [],
  cutOff: undefined,
  handlingDays: days,
});

const withCalendar = (inputs: DecisionInputs, node: string, calendar: CalendarNow): DecisionInputs => ({
  ...inputs,
  nodes: inputs.nodes.map((known) => (known.nodeId === node ? { ...known, calendar } : known)),
});

/**
 * The fewest days sooner that the node would have to hand over for `holds` to hold, by its cut-off, its working days or
 * its handling; undefined when it ships today already, or when the days are not what matters.
 */
export const daysSoonerFor = (
  inputs: DecisionInputs,
  node: string,
  holds: (changed: DecisionInputs) => boolean,
): number | undefined => {
  const found = inputs.nodes.find(({ nodeId }) => nodeId === node);
  const calendar = found?.calendar;
  if (found === undefined || calendar === undefined) return undefined;
  const { waitDays } = deliveryDaysFrom(found, 0, inputs, undefined);
  for (let sooner = 1; sooner <= waitDays; sooner += 1)
    if (holds(withCalendar(inputs, node, leavingIn(calendar, waitDays - sooner)))) return sooner;
  return undefined;
};
