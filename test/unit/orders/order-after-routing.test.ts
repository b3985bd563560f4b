import { fulfilmentOrderIdOf, reservationIdOf } from '../../../shared/kernel/derive-ids.ts';
import {
  applyCancellation,
  applyRejection,
  applyShipment,
} from '../../../shared/orders/domain/apply-fulfilment.ts';
import { requestCancellation } from '../../../shared/orders/domain/cancel-order.ts';
import type { Order } from '../../../shared/orders/domain/order.ts';
import { reopenBackorder, reopenUnits } from '../../../shared/orders/domain/reopen-backorder.ts';
import { reviseFromChannel } from '../../../shared/orders/domain/revise-order.ts';
import { recordRouting, screenForSourcing } from '../../../shared/orders/domain/route-order.ts';
import type { Decided } from '../../../shared/orders/domain/settle.ts';
import { statusOf } from '../../../shared/orders/domain/status.ts';
import {
  aChannelOrder,
  aLine,
  anOrder,
  AT,
  LATER,
  line,
  node,
  theSku,
  valueOf,
} from '../../support/orders/builders.ts';

const EAST = node('DC-EAST');
const units = (quantity: number, lineId = '1') => [{ lineId: line(lineId), quantity }];
/** Three units: `planned` of them at DC-EAST, the rest backordered. */
const routed = (planned: number, order = anOrder()) =>
  valueOf(
    recordRouting(
      order,
      {
        revision: order.revision,
        considered: units(3),
        shipments: planned === 0 ? [] : [{ nodeId: EAST, lines: units(planned) }],
      },
      LATER,
    ),
  );
const workId = (order: Order, revision = 1) =>
  fulfilmentOrderIdOf(reservationIdOf(order.orderId, revision), EAST);
const factsOf = (decided: Decided) => (decided.changed ? decided.facts : []);
const types = (decided: Decided) => factsOf(decided).map((fact) => fact.type);

describe('screening', () => {
  it('asks for what is open, with the reservation of that routing', () => {
    const order = anOrder();
    expect(screenForSourcing(order, 1)).toEqual({
      outcome: 'ready',
      reservationId: reservationIdOf(order.orderId, 1),
      lines: [{ lineId: '1', sku: 'MUG-RED', quantity: 3 }],
    });
  });

  it('has nothing to source under another number, and waits while a hold lies on the order', () => {
    const held = { ...anOrder(), holds: [{ kind: 'payment', since: AT }] as const };
    expect(screenForSourcing(anOrder(), 2)).toEqual({ outcome: 'nothingToSource' });
    expect(screenForSourcing(held, 1)).toEqual({ outcome: 'onHold' });
    expect(statusOf(held)).toBe('onHold');
  });
});

describe('recording a routing', () => {
  it('reserves what is planned and backorders the rest', () => {
    const { outcome, decided } = routed(2);
    expect(outcome).toBe('recorded');
    expect(decided.order).toMatchObject({ revision: 2, version: 2 });
    expect(decided.order.lines[0]).toMatchObject({ open: 0, reserved: 2, backordered: 1 });
    expect(types(decided)).toEqual(['routed', 'backordered']);
    expect(statusOf(decided.order)).toBe('inFulfilment');
    expect(statusOf(routed(0).decided.order)).toBe('backordered');
  });

  it('answers a repetition alike and changes nothing', () => {
    const { decided } = routed(2);
    const again = recordRouting(
      decided.order,
      { revision: 1, considered: units(3), shipments: [{ nodeId: EAST, lines: units(2) }] },
      LATER,
    );
    expect(again).toMatchObject({ ok: true, value: { outcome: 'recorded', decided: { changed: false } } });
  });

  it('announces units that were opened meanwhile under the next number', () => {
    const stated = aChannelOrder({}, [aLine({ quantity: 4 })]);
    const { decided } = routed(3, anOrder(stated));
    expect(decided.order.lines[0]).toMatchObject({ open: 1, reserved: 3 });
    expect(factsOf(decided).at(-1)).toMatchObject({
      type: 'needsSourcing',
      revision: 2,
      reason: 'openedMeanwhile',
    });
  });

  it('supersedes a plan whose units were cancelled meanwhile, and routes the rest under the next number', () => {
    const stated = aChannelOrder();
    const fewer = aChannelOrder({ channelVersion: 2 }, [aLine({ quantity: 2 })]);
    const revision = valueOf(reviseFromChannel(anOrder(stated), stated, fewer, LATER));
    if (revision.outcome !== 'revised') throw new Error(revision.outcome);
    const { outcome, decided } = routed(3, revision.decided.order);

    expect(outcome).toBe('superseded');
    expect(decided.order).toMatchObject({ revision: 2, supersededRevisions: [1], work: [] });
    expect(factsOf(decided)).toEqual([
      { type: 'routingWithdrawn', revision: 1, reservationId: reservationIdOf(decided.order.orderId, 1) },
      { type: 'needsSourcing', orderType: 'consumer', revision: 2, reason: 'planSuperseded' },
    ]);
  });

  it('refuses a plan of more than was considered', () => {
    const routing = { revision: 1, considered: units(1), shipments: [{ nodeId: EAST, lines: units(2) }] };
    expect(recordRouting(anOrder(), routing, LATER)).toEqual({
      ok: false,
      refusal: { type: 'planExceedsWhatWasConsidered' },
    });
  });
});

describe('the end of the work at a node', () => {
  const order = routed(3).decided.order;
  const shipment = { fulfilmentOrderId: workId(order), shipped: units(3) };

  it('closes the order when all has shipped', () => {
    const decided = valueOf(applyShipment(order, shipment, LATER));
    expect(types(decided)).toEqual(['shipmentRecorded', 'closed']);
    expect(statusOf(decided.order)).toBe('shipped');
  });

  it('opens a rejected order again, for other nodes', () => {
    const decided = valueOf(applyRejection(order, workId(order), LATER));
    expect(decided.order).toMatchObject({ excludedNodes: [EAST], lines: [{ open: 3, reserved: 0 }] });
    expect(factsOf(decided)).toMatchObject([{ type: 'needsSourcing', revision: 2, reason: 'rejected' }]);
  });

  it('opens what was short, for other nodes', () => {
    const decided = valueOf(applyShipment(order, { ...shipment, shipped: units(1) }, LATER));
    expect(decided.order).toMatchObject({ excludedNodes: [EAST], lines: [{ open: 2, shipped: 1 }] });
    expect(types(decided)).toEqual(['shipmentRecorded', 'needsSourcing']);
  });

  it('tells of no shipment when nothing was found', () => {
    expect(types(valueOf(applyShipment(order, { ...shipment, shipped: [] }, LATER)))).toEqual([
      'needsSourcing',
    ]);
  });

  it('refuses another end, more than was asked for, and work that it does not know', () => {
    const rejected = valueOf(applyRejection(order, workId(order), LATER)).order;
    expect(applyShipment(rejected, shipment, LATER)).toMatchObject({ refusal: { type: 'endedOtherwise' } });
    expect(applyShipment(order, { ...shipment, shipped: units(4) }, LATER)).toMatchObject({
      refusal: { type: 'moreThanAskedFor' },
    });
    expect(applyRejection(order, workId(order, 7), LATER)).toMatchObject({
      refusal: { type: 'unknownWork' },
    });
  });
});

describe('cancelling', () => {
  it('cancels what waits at once and calls off what is at nodes', () => {
    const order = routed(2).decided.order;
    const asked = valueOf(requestCancellation(order, 'customer', LATER));
    expect(asked.order.lines[0]).toMatchObject({ reserved: 2, backordered: 0, cancelled: 1 });
    expect(factsOf(asked)).toEqual([
      { type: 'cancellationRequested', reason: 'customer', fulfilmentOrderIds: [workId(order)] },
    ]);

    const done = valueOf(applyCancellation(asked.order, workId(order), LATER));
    expect(factsOf(done)).toEqual([{ type: 'closed', outcome: 'cancelled', reason: 'customer' }]);
  });

  it('has one effect when asked twice', () => {
    const asked = valueOf(requestCancellation(routed(2).decided.order, 'customer', LATER));
    expect(valueOf(requestCancellation(asked.order, 'again', LATER)).changed).toBe(false);
  });

  it('keeps units cancelled that a node gives back', () => {
    const order = routed(3).decided.order;
    const asked = valueOf(requestCancellation(order, 'customer', LATER)).order;
    const decided = valueOf(applyRejection(asked, workId(order), LATER));
    expect(types(decided)).toEqual(['closed']);
    expect(statusOf(decided.order)).toBe('cancelled');
  });

  it('comes too late for what has shipped', () => {
    const order = routed(3).decided.order;
    const shipment = { fulfilmentOrderId: workId(order), shipped: units(3) };
    const shipped = valueOf(applyShipment(order, shipment, LATER)).order;
    expect(requestCancellation(shipped, 'customer', LATER)).toEqual({
      ok: false,
      refusal: { type: 'alreadyShipped' },
    });
  });
});

describe('a routing whose units are taken away before it is recorded', () => {
  const withdrawal = {
    type: 'routingWithdrawn',
    revision: 1,
    reservationId: reservationIdOf(anOrder().orderId, 1),
  };

  it('is withdrawn by a cancellation, under a number that is spent', () => {
    const { order, ...decided } = valueOf(requestCancellation(anOrder(), 'customer', LATER));
    expect(decided).toMatchObject({ facts: [withdrawal, { type: 'closed', outcome: 'cancelled' }] });
    expect(screenForSourcing(order, 1)).toEqual({
      outcome: 'withdrawn',
      reservationId: withdrawal.reservationId,
    });
    const late = { revision: 1, considered: units(3), shipments: [{ nodeId: EAST, lines: units(3) }] };
    expect(valueOf(recordRouting(order, late, LATER)).outcome).toBe('superseded');
  });

  it('is withdrawn once by an edit that cancels', () => {
    const stated = aChannelOrder();
    const edit = aChannelOrder({ channelVersion: 2, cancelledAt: LATER });
    const revision = valueOf(reviseFromChannel(anOrder(stated), stated, edit, LATER));
    if (revision.outcome !== 'revised') throw new Error(revision.outcome);
    expect(types(revision.decided).filter((type) => type === 'routingWithdrawn')).toHaveLength(1);
    expect(revision.decided.order).toMatchObject({ revision: 2, supersededRevisions: [1] });
  });

  it('stays wanted while a unit of it is open, and when it was recorded', () => {
    const stated = aChannelOrder();
    const fewer = aChannelOrder({ channelVersion: 2 }, [aLine({ quantity: 2 })]);
    const revision = valueOf(reviseFromChannel(anOrder(stated), stated, fewer, LATER));
    if (revision.outcome !== 'revised') throw new Error(revision.outcome);
    expect(types(revision.decided)).toEqual(['revised']);

    const cancelled = valueOf(requestCancellation(routed(2).decided.order, 'customer', LATER)).order;
    expect(screenForSourcing(cancelled, 1)).toEqual({ outcome: 'nothingToSource' });
  });
});

describe('stock for a backorder', () => {
  const arrival = (quantity: number, nodeId = EAST) => ({ sku: theSku('MUG-RED'), nodeId, units: quantity });

  it('opens as many units as may be served', () => {
    const decided = reopenBackorder(routed(0).decided.order, arrival(2), LATER);
    expect(decided.order.lines[0]).toMatchObject({ open: 2, backordered: 1 });
    expect(factsOf(decided)).toMatchObject([{ type: 'needsSourcing', revision: 2, reason: 'backInStock' }]);
  });

  it('opens an order that ships complete as a whole', () => {
    const order = routed(0, anOrder(aChannelOrder({ shipComplete: true }))).decided.order;
    expect(reopenBackorder(order, arrival(1), LATER).order.lines[0]).toMatchObject({ open: 3 });
  });

  it('opens named units as far as they wait, and an order that ships complete as a whole', () => {
    const order = routed(1).decided.order;
    expect(reopenUnits(order, units(9), LATER).order.lines[0]).toMatchObject({ open: 2, reserved: 1 });
    expect(reopenUnits(order, units(1), LATER).order.lines[0]).toMatchObject({ open: 1, backordered: 1 });
    expect(reopenUnits(order, units(1, '2'), LATER).changed).toBe(false);
    const complete = routed(0, anOrder(aChannelOrder({ shipComplete: true }))).decided.order;
    expect(reopenUnits(complete, units(1), LATER).order.lines[0]).toMatchObject({ open: 3 });
    expect(reopenUnits(routed(3).decided.order, units(1), LATER).changed).toBe(false);
  });

  it('does not help at a node that has let the order down, nor for another SKU', () => {
    const order = { ...routed(0).decided.order, excludedNodes: [EAST] };
    expect(reopenBackorder(order, arrival(9), LATER).changed).toBe(false);
    expect(reopenBackorder(order, arrival(9, node('DC-WEST')), LATER).changed).toBe(true);
    expect(reopenBackorder(order, { ...arrival(9, node('DC-WEST')), sku: theSku('B') }, LATER).changed).toBe(
      false,
    );
  });
});

describe('an edit after routing', () => {
  const stated = aChannelOrder();
  const edit = (order: Order, over = {}, lines = [aLine()]) => {
    const revision = valueOf(
      reviseFromChannel(order, stated, aChannelOrder({ channelVersion: 2, ...over }, lines), LATER),
    );
    if (revision.outcome !== 'revised') throw new Error(revision.outcome);
    return revision;
  };

  it('declines what a node works on, with the reason, and takes the rest', () => {
    const revision = edit(routed(2).decided.order, { shipTo: { country: 'CA' } }, [aLine({ quantity: 1 })]);
    expect(revision.applied).toEqual([{ change: 'quantityDecreased', lineId: '1', quantity: 1 }]);
    expect(revision.declined).toEqual([
      { change: 'shipTo', reason: 'workHasBegun' },
      { change: 'quantityDecreased', lineId: '1', quantity: 1, reason: 'workHasBegun' },
    ]);
    expect(revision.stated.shipTo).toEqual(stated.shipTo);
    expect(types(revision.decided)).toEqual(['revised']);
  });

  it('declines another SKU on a line, and units for a cancelled order', () => {
    expect(edit(anOrder(), {}, [aLine({ sku: 'B' })]).declined).toMatchObject([{ reason: 'notSupported' }]);
    const cancelled = valueOf(requestCancellation(routed(3).decided.order, 'customer', LATER)).order;
    expect(edit(cancelled, {}, [aLine({ quantity: 5 })]).declined).toMatchObject([
      { change: 'quantityIncreased', reason: 'cancellationPending' },
    ]);
  });

  it('cancels when the channel has cancelled', () => {
    const revision = edit(routed(3).decided.order, { cancelledAt: LATER });
    expect(types(revision.decided)).toEqual(['revised', 'cancellationRequested']);
    expect(revision.decided.order).toMatchObject({
      version: 3,
      cancellation: { reason: 'cancelledAtChannel' },
    });
  });
});
