import { dateOfDay } from '../../../shared/kernel/local-time.ts';
import { datedDelivery, deliveryDaysFrom, promisedDayOf } from '../../../shared/sourcing/domain/delivery.ts';
import type { DecisionInputs } from '../../../shared/sourcing/index.ts';
import { shipDayOf, type CalendarNow } from '../../../shared/sourcing/domain/ship-day.ts';
import { aNode, someInputs } from '../../support/sourcing/builders.ts';

const calendar = (localTime: string, over: Partial<CalendarNow> = {}): CalendarNow => ({
  timeZone: 'America/New_York',
  localTime,
  workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  closedDates: [],
  cutOff: '14:00',
  handlingDays: 0,
  ...over,
});
const shipsOn = (...of: Parameters<typeof calendar>) => dateOfDay(shipDayOf(calendar(...of)));

describe('the day on which an order leaves a node', () => {
  it.each([
    ['today, before the cut-off', '2026-11-25T13:59', {}, '2026-11-25'],
    ['tomorrow, from the cut-off on', '2026-11-25T14:00', {}, '2026-11-26'],
    ['Monday, after the cut-off of a Friday', '2026-11-27T14:00', {}, '2026-11-30'],
    ['Monday, at any time of a Saturday', '2026-11-28T01:00', {}, '2026-11-30'],
    ['the day after a closed one', '2026-11-25T14:00', { closedDates: ['2026-11-26'] }, '2026-11-27'],
    ['today until midnight without a cut-off', '2026-11-25T23:59', { cutOff: undefined }, '2026-11-25'],
    ['as many working days later as handling takes', '2026-11-26T09:00', { handlingDays: 2 }, '2026-11-30'],
    ['on the days that it works', '2026-11-25T09:00', { workingDays: ['sun'] as const }, '2026-11-29'],
  ])('is %s', (_, localTime, over, expected) => {
    expect(shipsOn(localTime, over)).toBe(expected);
  });
});

describe('a delivery', () => {
  const within = (inputs: DecisionInputs, node: Parameters<typeof aNode>[1], miles: number) =>
    datedDelivery(deliveryDaysFrom(aNode('N', node), miles, inputs, promisedDayOf(inputs)));
  const from = (node: Parameters<typeof aNode>[1], miles: number, deliverBy?: string) =>
    within(someInputs({ request: { deliverBy } }), node, miles);

  it('is on the road for a day for each 600 miles begun, and a day more from a store', () => {
    expect(from({}, 600)).toMatchObject({ shipsOn: '2026-11-23', arrivesOn: '2026-11-24', daysLate: 0 });
    expect(from({}, 601)).toMatchObject({ transitDays: 2 });
    expect(from({ type: 'store' }, 600)).toMatchObject({ transitDays: 2 });
  });

  it('is late by the days after the promise, as they are counted where it goes', () => {
    // The end of the 24th in Massachusetts.
    const promise = '2026-11-25T04:59:59.000Z';
    expect(from({}, 600, promise)).toMatchObject({ arrivesOn: '2026-11-24', daysLate: 0 });
    expect(from({ calendar: calendar('2026-11-23T15:00') }, 1_200, promise)).toMatchObject({
      waitDays: 1,
      shipsOn: '2026-11-24',
      arrivesOn: '2026-11-26',
      daysLate: 2,
    });
  });

  it('takes no time on the road where the customer collects', () => {
    const inputs = someInputs({ request: { pickupNode: 'N' } });
    expect(within(inputs, { type: 'store' }, 900)).toMatchObject({ transitDays: 0 });
  });
});
