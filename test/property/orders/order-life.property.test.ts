import fc from 'fast-check';
import * as events from '../../../shared/contracts/orders/events.ts';
import { reservationIdOf } from '../../../shared/kernel/derive-ids.ts';
import { instantOf } from '../../../shared/kernel/instant.ts';
import { toFact } from '../../../shared/orders/adapters/order-facts.ts';
import { readState, stateItem } from '../../../shared/orders/adapters/order-items.ts';
import {
  applyCancellation,
  applyRejection,
  applyShipment,
} from '../../../shared/orders/domain/apply-fulfilment.ts';
import { violationsOf } from '../../../shared/orders/domain/audit-order.ts';
import { requestCancellation } from '../../../shared/orders/domain/cancel-order.ts';
import type { ChannelOrder } from '../../../shared/orders/domain/channel-order.ts';
import { endBackorders } from '../../../shared/orders/domain/end-backorders.ts';
import type { OrderFact } from '../../../shared/orders/domain/facts.ts';
import { unitsIn } from '../../../shared/orders/domain/move-units.ts';
import { workIdOf, type Order } from '../../../shared/orders/domain/order.ts';
import { reopenBackorder } from '../../../shared/orders/domain/reopen-backorder.ts';
import { reviseFromChannel } from '../../../shared/orders/domain/revise-order.ts';
import { recordRouting, screenForSourcing, type Routing } from '../../../shared/orders/domain/route-order.ts';
import { setOrderAside } from '../../../shared/orders/domain/set-aside.ts';
import type { Decided } from '../../../shared/orders/domain/settle.ts';
import { outcomeOf } from '../../../shared/orders/domain/status.ts';
import { AT, aChannelOrder, aLine, anOrder, node, theSku } from '../../support/orders/builders.ts';

const NODES = ['DC-EAST', 'DC-WEST', 'STORE-1'].map(node);

/** One thing that may reach an order; numbers pick among what there is, so that any sequence means something. */
const command = fc.oneof(
  fc.record({
    do: fc.constant('plan' as const),
    picks: fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }),
    days: fc.option(fc.integer({ min: 1, max: 3 })),
  }),
  fc.record({ do: fc.constant('record' as const), which: fc.nat(9) }),
  fc.record({
    do: fc.constantFrom('ship' as const, 'reject' as const, 'callOff' as const),
    which: fc.nat(9),
    short: fc.nat(2),
  }),
  fc.record({ do: fc.constant('cancel' as const) }),
  fc.record({
    do: fc.constant('setAside' as const),
    as: fc.constantFrom('queued' as const, 'exception' as const),
  }),
  fc.record({ do: fc.constant('endBackorders' as const), days: fc.nat(4) }),
  fc.record({ do: fc.constant('stock' as const), sku: fc.nat(2), units: fc.integer({ min: -1, max: 4 }) }),
  fc.record({
    do: fc.constant('revise' as const),
    version: fc.integer({ min: 0, max: 6 }),
    quantities: fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }),
    isCancelled: fc.boolean(),
  }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

type World = {
  order: Order;
  stated: ChannelOrder;
  plans: Routing[];
  facts: OrderFact[];
  /** What was answered to the records of each routing. */
  answers: Map<number, Set<string>>;
};

const skuNumbered = (number: number) => `SKU-${number}`;
const stateWith = (quantities: readonly number[], over = {}) =>
  aChannelOrder(
    over,
    quantities.flatMap((quantity, index) =>
      quantity === 0 ? [] : [aLine({ lineId: String(index), sku: skuNumbered(index % 3), quantity })],
    ),
  );

/** A plan for what is open now: each unit goes to the picked node, or (3) nowhere. */
const planFor = (
  order: Order,
  picks: readonly number[],
  cancelAfterDays: number | null,
): Routing | undefined => {
  const screening = screenForSourcing(order, order.revision);
  if (screening.outcome !== 'ready') return undefined;
  let next = 0;
  const units = screening.lines.flatMap(({ lineId, quantity }) =>
    Array.from({ length: quantity }, () => ({
      lineId,
      quantity: 1,
      pick: picks[next++ % picks.length] ?? 3,
    })),
  );
  const shipments = NODES.flatMap((nodeId, index) => {
    const lines = units.filter(({ pick }) => pick === index);
    return lines.length === 0 ? [] : [{ nodeId, lines }];
  });
  return { revision: order.revision, considered: screening.lines, shipments, cancelAfterDays };
};

const decide = (world: World, step: Command): Decided | undefined => {
  const { order } = world;
  switch (step.do) {
    case 'plan': {
      const plan = planFor(order, step.picks, step.days);
      // The first plan under a reservation's id is the one that every later attempt finds.
      if (plan && !world.plans.some(({ revision }) => revision === plan.revision)) world.plans.push(plan);
      return undefined;
    }
    case 'record': {
      const plan = world.plans[step.which % Math.max(1, world.plans.length)];
      if (plan === undefined) return undefined;
      const record = recordRouting(order, plan, AT);
      if (!record.ok) throw new Error(record.refusal.type);
      const seen = world.answers.get(plan.revision) ?? new Set();
      world.answers.set(plan.revision, seen.add(record.value.outcome));
      return record.value.decided;
    }
    case 'ship':
    case 'reject':
    case 'callOff': {
      const work = order.work[step.which % Math.max(1, order.work.length)];
      if (work === undefined) return undefined;
      const id = workIdOf(order, work);
      const shipped = work.lines.flatMap(({ lineId, quantity }) =>
        quantity > step.short ? [{ lineId, quantity: quantity - step.short }] : [],
      );
      const result =
        step.do === 'ship'
          ? applyShipment(order, { fulfilmentOrderId: id, shipped }, AT)
          : step.do === 'reject'
            ? applyRejection(order, id, AT)
            : applyCancellation(order, id, AT);
      return result.ok ? result.value : undefined;
    }
    case 'cancel': {
      const result = requestCancellation(order, 'test', AT);
      return result.ok ? result.value : undefined;
    }
    case 'setAside': {
      const { revision } = order;
      const set = setOrderAside(order, { as: step.as, revision, reason: 'test' }, AT);
      return set.ok ? set.value.decided : undefined;
    }
    case 'endBackorders':
      return endBackorders(order, instantOf(Date.parse(AT) + step.days * 86_400_000));
    case 'stock': {
      const sku = theSku(skuNumbered(step.sku));
      return reopenBackorder(order, { sku, nodeId: NODES[0] ?? node('DC-EAST'), units: step.units }, AT);
    }
    case 'revise': {
      const quantities = step.quantities.some((quantity) => quantity > 0) ? step.quantities : [1];
      const cancelledAt = step.isCancelled ? AT : undefined;
      const next = stateWith(quantities, { channelVersion: step.version, cancelledAt });
      const result = reviseFromChannel(order, world.stated, next, AT);
      if (!result.ok || result.value.outcome !== 'revised') return undefined;
      world.stated = result.value.stated;
      return result.value.decided;
    }
  }
};

const live = (steps: readonly Command[], each: (before: Order, decided: Decided, world: World) => void) => {
  const stated = stateWith([2, 3, 1]);
  const world: World = { order: anOrder(stated), stated, plans: [], facts: [], answers: new Map() };
  for (const step of steps) {
    const before = world.order;
    const decided = decide(world, step);
    if (decided === undefined) continue;
    world.order = decided.order;
    if (decided.changed) world.facts.push(...decided.facts);
    each(before, decided, world);
  }
  return world;
};

const steps = fc.array(command, { maxLength: 60 });
const RUNS = { numRuns: 400 };
const shipped = (order: Order) => unitsIn(order.lines, 'shipped');

describe('any life of an order', () => {
  it('keeps ordered = open + reserved + shipped + backordered + cancelled, and reserved = what nodes hold', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        live(commands, (_, { order }) => expect(violationsOf(order)).toEqual([]));
      }),
      RUNS,
    );
  });

  it('never takes back what has shipped or been cancelled', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        live(commands, (before, { order }) => {
          for (const line of before.lines) {
            const now = order.lines.find((each) => each.lineId === line.lineId);
            expect(now?.shipped).toBeGreaterThanOrEqual(line.shipped);
            expect(now?.cancelled).toBeGreaterThanOrEqual(line.cancelled);
          }
        });
      }),
      RUNS,
    );
  });

  it('ships each fulfilment order once, and no unit that the facts do not tell', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        const { order, facts } = live(commands, () => {});
        const shipments = facts.filter((fact) => fact.type === 'shipmentRecorded');
        const told = shipments.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);

        expect(new Set(shipments.map((fact) => fact.fulfilmentOrderId)).size).toBe(shipments.length);
        expect(shipped(order)).toBe(told);
      }),
      RUNS,
    );
  });

  it('changes nothing when the same command comes twice in a row', () => {
    const repeatable = steps.map((commands) => commands.filter((each) => each.do !== 'stock'));
    fc.assert(
      fc.property(repeatable, (commands) => {
        const once = live(commands, () => {});
        const twice = live(
          commands.flatMap((each): Command[] => (each.do === 'plan' ? [each] : [each, each])),
          () => {},
        );
        expect(twice.order.lines).toEqual(once.order.lines);
      }),
      RUNS,
    );
  });

  it('answers every record of one routing alike, so that a reservation is kept or released, never both', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        const { answers } = live(commands, () => {});
        for (const outcomes of answers.values()) expect(outcomes.size).toBe(1);
      }),
      RUNS,
    );
  });

  it('ends with every routing recorded or known as withdrawn: no claim on stock is forgotten', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        const { order, plans, facts } = live([...commands, { do: 'cancel' }], () => {});
        const reservationsOf = (type: 'routed' | 'routingWithdrawn') =>
          facts.flatMap((fact) =>
            fact.type === type && 'reservationId' in fact ? [fact.reservationId] : [],
          );
        const kept = new Set(reservationsOf('routed'));
        expect(reservationsOf('routingWithdrawn').filter((id) => kept.has(id))).toEqual([]);
        if (order.cancellation === undefined) return;
        for (const { revision } of plans) {
          expect(revision).toBeLessThan(order.revision);
          const isReleased = screenForSourcing(order, revision).outcome === 'withdrawn';
          expect(isReleased && kept.has(reservationIdOf(order.orderId, revision))).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('closes once, and moves no unit afterwards', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        const { facts } = live(commands, (before, { order }) => {
          if (outcomeOf(before) !== undefined) expect(order.lines).toEqual(before.lines);
        });
        expect(facts.filter((fact) => fact.type === 'closed').length).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it('announces open units for routing, unless a routing of that number is under way', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        live(commands, (before, decided) => {
          if (!decided.changed || unitsIn(decided.order.lines, 'open') <= unitsIn(before.lines, 'open'))
            return;
          expect(decided.facts.map((fact) => fact.type)).toContain('needsSourcing');
        });
      }),
      RUNS,
    );
  });

  it('leaves nothing open or backordered under a cancellation', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        const { order } = live([...commands, { do: 'cancel' }], () => {});
        if (shipped(order) > 0 && order.cancellation === undefined) return;
        expect(unitsIn(order.lines, 'open') + unitsIn(order.lines, 'backordered')).toBe(0);
      }),
      RUNS,
    );
  });

  it('is stored and read back without loss', () => {
    fc.assert(
      fc.property(steps, (commands) => {
        live(commands, (_, { order }) => {
          const stored: unknown = JSON.parse(JSON.stringify(stateItem(order)));
          expect(readState(stored)).toEqual(JSON.parse(JSON.stringify(order)));
        });
      }),
      RUNS,
    );
  });

  it('tells facts as their contracts say', () => {
    const contracts = new Map(Object.values(events).map((contract) => [contract.detailType, contract]));
    fc.assert(
      fc.property(steps, (commands) => {
        const { order, facts } = live(commands, () => {});
        for (const fact of facts.map((each) => toFact(order, each))) {
          const contract = contracts.get(fact.detailType as `${string}.v${number}`);
          expect(contract?.data.safeParse(fact.data).error).toBeUndefined();
          expect(contract).toBeDefined();
        }
      }),
      RUNS,
    );
  });
});
