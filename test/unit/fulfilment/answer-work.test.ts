import {
  accept,
  cancel,
  recordSilence,
  reject,
  ship,
  type Answerer,
  type DecisionResult,
} from '../../../shared/fulfilment/domain/answer-work.ts';
import { shortLines, type FulfilmentOrder } from '../../../shared/fulfilment/domain/fulfilment-order.ts';
import { lineId } from '../../../shared/contracts/scalars.ts';
import { aLine, aWork, DC_EAST, LATER, STORE_5 } from '../../support/fulfilment/builders.ts';

const eastNode: Answerer = { by: 'node', nodeId: DC_EAST };
const all = { lines: [aLine('1', 2), aLine('2', 1)] };
const some = { lines: [aLine('1', 1)] };

const workAfter = (decision: DecisionResult): FulfilmentOrder => {
  if (!decision.ok) throw new Error(`refused: ${decision.refusal.type}`);
  return decision.value.work;
};
const statusAfter = (decision: DecisionResult) =>
  decision.ok
    ? `${decision.value.work.state.status}${decision.value.changed ? '' : ' still'}`
    : decision.refusal.type;

const commands = {
  accept: (work: FulfilmentOrder) => accept(work, eastNode, LATER),
  reject: (work: FulfilmentOrder) => reject(work, eastNode, 'noCapacity', LATER),
  ship: (work: FulfilmentOrder) => ship(work, eastNode, all, LATER),
  shipSome: (work: FulfilmentOrder) => ship(work, eastNode, some, LATER),
  cancel: (work: FulfilmentOrder) => cancel(work, LATER),
};
const requested = aWork();
const states = {
  requested,
  accepted: workAfter(commands.accept(requested)),
  rejected: workAfter(commands.reject(requested)),
  shipped: workAfter(commands.ship(requested)),
  partlyShipped: workAfter(commands.shipSome(requested)),
  cancelled: workAfter(commands.cancel(requested)),
};

describe('the answers to a fulfilment order', () => {
  it.each([
    ['requested', 'accepted', 'rejected', 'shipped', 'partlyShipped', 'cancelled'],
    ['accepted', 'accepted still', 'rejected', 'shipped', 'partlyShipped', 'cancelled'],
    ['rejected', 'contradicts', 'rejected still', 'contradicts', 'contradicts', 'rejected still'],
    ['shipped', 'shipped still', 'contradicts', 'shipped still', 'contradicts', 'contradicts'],
    [
      'partlyShipped',
      'partlyShipped still',
      'contradicts',
      'contradicts',
      'partlyShipped still',
      'contradicts',
    ],
    ['cancelled', 'contradicts', 'contradicts', 'contradicts', 'contradicts', 'cancelled still'],
  ] as const)(
    'lead from %s by accept, reject, ship, ship some, cancel to the table of the house',
    (from, ...expected) => {
      expect(Object.values(commands).map((command) => statusAfter(command(states[from])))).toEqual(expected);
    },
  );

  it('move the version and the time on with every change', () => {
    expect(states.accepted).toMatchObject({
      version: 2,
      updatedAt: LATER,
      requestedAt: requested.requestedAt,
    });
  });

  it.each(['accept', 'reject', 'ship'] as const)('are not taken from another node: %s', (command) => {
    const stranger: Answerer = { by: 'node', nodeId: STORE_5 };
    const decisions = {
      accept: accept(requested, stranger, LATER),
      reject: reject(requested, stranger, 'closed', LATER),
      ship: ship(requested, stranger, all, LATER),
    };
    expect(statusAfter(decisions[command])).toBe('notYourWork');
  });

  it('are taken from an operator for any node', () => {
    expect(statusAfter(accept(requested, { by: 'operator' }, LATER))).toBe('accepted');
  });

  it('keep the first reason of a rejection', () => {
    const again = reject(states.rejected, eastNode, 'outOfStock', LATER);

    expect(workAfter(again).state).toEqual({ status: 'rejected', reason: 'noCapacity' });
  });
});

describe('a shipment', () => {
  it('is short of what was asked and not shipped', () => {
    expect(shortLines(states.partlyShipped)).toEqual([aLine('1', 1), aLine('2', 1)]);
    expect(shortLines(states.shipped)).toEqual([]);
    expect(shortLines(states.accepted)).toEqual([]);
  });

  it.each([
    ['nothing', [], { type: 'nothingShipped' }],
    ['a line that was not asked for', [aLine('9', 1)], { type: 'unknownLine', lineId: lineId.parse('9') }],
    ['a line twice', [aLine('1', 1), aLine('1', 1)], { type: 'lineTwice', lineId: lineId.parse('1') }],
    ['more than was asked', [aLine('1', 3)], { type: 'moreThanAsked', lineId: lineId.parse('1'), asked: 2 }],
  ])('of %s is refused', (_what, lines, refusal) => {
    expect(ship(requested, eastNode, { lines }, LATER)).toEqual({ ok: false, refusal });
  });

  it('is the same again whatever the order of its lines', () => {
    const reversed = { lines: [...all.lines].reverse() };

    expect(statusAfter(ship(states.shipped, eastNode, reversed, LATER))).toBe('shipped still');
  });

  it('with another tracking number is another shipment', () => {
    const tracked = { ...all, tracking: { carrier: 'UPS', number: '1Z999AA10123456784' } };

    expect(statusAfter(ship(states.shipped, eastNode, tracked, LATER))).toBe('contradicts');
  });
});

describe('a deadline that passes', () => {
  const after = (work: FulfilmentOrder, awaited: 'answer' | 'shipment') => {
    const { changed, work: next } = recordSilence(work, awaited, LATER);
    return changed ? next.state : 'unchanged';
  };

  it('rejects work that nobody has answered', () => {
    expect(after(states.requested, 'answer')).toEqual({ status: 'rejected', reason: 'silence' });
  });

  it('rejects accepted work only when the shipment is late', () => {
    expect(after(states.accepted, 'shipment')).toEqual({ status: 'rejected', reason: 'silence' });
    expect(after(states.accepted, 'answer')).toBe('unchanged');
  });

  it.each(['rejected', 'shipped', 'partlyShipped', 'cancelled'] as const)(
    'leaves %s work alone',
    (status) => {
      expect(after(states[status], 'answer')).toBe('unchanged');
      expect(after(states[status], 'shipment')).toBe('unchanged');
    },
  );
});
