import type { DecisionInputs } from '../decision-inputs.ts';
import { positionOf } from '../geography.ts';
import type { KnownParcel } from './known-plan.ts';

const DAY_MS = 86_400_000;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** As old records mean it that do not say. */
const USUAL_TRANSIT = { milesPerDay: 600, extraDays: { store: 1 } };
/** Distances are worked out in another way than by the decision. */
const SLACK_MILES = 1e-4;

const midnight = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00.000Z`);

/** Days from the decision until a parcel leaves, days on the road, days after the promise; by walking the calendar. */
export const daysOf = (
  { node, miles }: Pick<KnownParcel, 'node' | 'miles'>,
  { at, request, tariff }: DecisionInputs,
): { readonly untilItLeaves: number; readonly onTheRoad: number; readonly late: number } => {
  const { calendar } = node;
  const today = midnight(calendar?.localTime ?? at);
  let leaves = today;
  if (calendar !== undefined) {
    const works = (day: number): boolean => {
      const weekday = WEEKDAYS[new Date(day).getUTCDay()];
      const date = new Date(day).toISOString().slice(0, 10);
      return (
        weekday !== undefined &&
        calendar.workingDays.includes(weekday) &&
        !calendar.closedDates.includes(date)
      );
    };
    const isTooLate = (calendar.cutOff ?? '99') <= calendar.localTime.slice(11);
    for (let left = calendar.handlingDays, day = today + (isTooLate ? DAY_MS : 0); ; day += DAY_MS) {
      if (!works(day)) continue;
      leaves = day;
      if (left === 0) break;
      left -= 1;
    }
  }
  const { milesPerDay, extraDays } = tariff.transit ?? USUAL_TRANSIT;
  const extra = Object.entries(extraDays).find(([type]) => type === node.type)?.[1] ?? 0;
  const onTheRoad =
    request.pickupNode === node.nodeId ? 0 : Math.ceil((miles - SLACK_MILES) / milesPerDay) + extra;
  const hours = Math.round((positionOf(request.shipTo)?.longitude ?? 0) / 15);
  const promised =
    request.deliverBy === undefined
      ? Infinity
      : midnight(new Date(Date.parse(request.deliverBy) + hours * 3_600_000).toISOString());
  return {
    untilItLeaves: (leaves - today) / DAY_MS,
    onTheRoad,
    late: Math.max(0, (leaves - promised) / DAY_MS + onTheRoad),
  };
};
