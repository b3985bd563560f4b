import { planFrom } from '../../../shared/inventory/adapters/task-mapping.ts';
import {
  bookShipmentOutput,
  releaseReservationOutput,
  reservePlanInput,
  reservePlanOutput,
} from '../../../shared/contracts/inventory/tasks.ts';
import { makeBookShipment } from '../../../shared/inventory/application/book-shipment.ts';
import { makeReleaseReservation } from '../../../shared/inventory/application/release-reservation.ts';
import { makeReservePlan } from '../../../shared/inventory/application/reserve-plan.ts';
import { fulfilmentOrderIdOf } from '../../../shared/kernel/derive-ids.ts';
import { aCell, aClock, anArrival, aNode, aPlan, aReservation } from '../../support/inventory/builders.ts';
import { aGrouping, NO_BASKETS } from '../../support/inventory/grouping.ts';
import { makeInMemoryStock } from '../../support/inventory/in-memory-stock.ts';

const house = async () => {
  const { ledger } = makeInMemoryStock();
  const now = aClock();
  const grouping = aGrouping(ledger, now);
  await ledger.commit({ at: now(), changes: [anArrival(aCell('MUG', 'DC'), 2)] });
  return {
    reserve: makeReservePlan({ ledger, now, grouping, baskets: NO_BASKETS }),
    release: makeReleaseReservation({ ledger, now, grouping }),
    book: makeBookShipment({ ledger, now }),
  };
};
const PLAN = aPlan([['DC', 'MUG', 2]]);

/** A workflow sees the answer as JSON: what the schema does not name must not be there, what it names must. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the answers of the stock tasks', () => {
  it('are what the contract says when a plan is reserved, and when it is lost', async () => {
    const { reserve } = await house();
    for (const number of [1, 2]) {
      const answer = await reserve(aPlan([['DC', 'MUG', 2]], number));
      const value = answer.ok ? asJson(answer.value) : undefined;
      expect(reservePlanOutput.parse(value)).toEqual(value);
    }
  });

  it('are what the contract says when a reservation is released, and again', async () => {
    const { reserve, release } = await house();
    await reserve(PLAN);
    for (const _ of ['first', 'again']) {
      const value = asJson(await release({ reservationId: aReservation(1), cause: 'superseded' }));
      expect(releaseReservationOutput.parse(value)).toEqual(value);
    }
  });

  it('are what the contract says when a shipment is booked, and again', async () => {
    const { reserve, book } = await house();
    await reserve(PLAN);
    for (const _ of ['first', 'again']) {
      const answer = await book({
        fulfilmentOrderId: fulfilmentOrderIdOf(aReservation(1), aNode('DC')),
        reservationId: aReservation(1),
        nodeId: aNode('DC'),
        shipped: PLAN.considered,
        short: [],
      });
      const value = answer.ok ? asJson(answer.value) : undefined;
      expect(bookShipmentOutput.parse(value)).toEqual(value);
    }
  });
});

describe('what reserve-plan is asked', () => {
  it('keeps whether anything is to be claimed', () => {
    const request = {
      orderId: 'ord_01h9v6q0x4m8c2k7r5t3w1y9za',
      revision: 1,
      reservationId: 'ord_01h9v6q0x4m8c2k7r5t3w1y9za.1',
      orderType: 'consumer',
      shipComplete: false,
      lines: [{ lineId: '1', sku: 'MUG', quantity: 1 }],
      shipTo: {},
      excludedNodes: [],
    };
    const asked = (claim: string) => planFrom(reservePlanInput.parse({ request, shipments: [], claim }));
    expect(asked('find')).toMatchObject({ claim: 'find', considered: request.lines });
    expect(asked('make')).toMatchObject({ claim: 'make' });
  });
});
