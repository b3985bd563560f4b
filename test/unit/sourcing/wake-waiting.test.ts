import { sku } from '../../../shared/contracts/scalars.ts';
import { sourcingRequest } from '../../../shared/contracts/sourcing/tasks.ts';
import { makeWakeWaiting, type NodeWaiter } from '../../../shared/sourcing/application/wake-waiting.ts';
import { dayKey } from '../../../shared/sourcing/application/recent-loads.ts';
import { nodesWaitedFor } from '../../../shared/sourcing/domain/nodes-waited-for.ts';
import { decideOrder, type OfferedNode, type Rule } from '../../../shared/sourcing/index.ts';
import { aNode, aStrategy, someInputs } from '../../support/sourcing/builders.ts';
import { memorySourcing } from '../../support/sourcing/memory-sourcing.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9z';
const AT = '2026-11-25T10:00:00.000Z';
const DAY: Rule = { id: 'day', type: 'capacity', strength: 'hard' };

const waitedFor = (bos: Partial<OfferedNode>, rules: readonly Rule[], over: Parameters<typeof someInputs>[0] = {}) => {
  const inputs = someInputs({
    nodes: [aNode('BOS', bos), aNode('CHI')],
    stock: { BOS: { MUG: 5 } },
    strategy: aStrategy(rules),
    ...over,
  });
  return nodesWaitedFor(inputs, decideOrder(inputs));
}; // prettier-ignore

describe('what an order waits for', () => {
  it.each<[string, Partial<OfferedNode>, readonly Rule[]]>([
    ['full', { ordersPerDay: 1, ordersToday: 1 }, [DAY]],
    ['too full for all of it', { unitsPerDay: 9, unitsToday: 8 }, [DAY]],
    ['snoozed', { status: 'snoozed' }, []],
    ['cooling down', { rejectedAt: ['2026-11-23T09:00:00.000Z'] }, [{ id: 'c', type: 'coolDown', strength: 'hard', rejections: 1, minutes: 60 }]],
  ])('is a node that is %s', (_, bos, rules) => {
    expect(waitedFor(bos, rules)).toEqual(['BOS']);
  }); // prettier-ignore

  it('is stock, not a node, where a lasting rule is against the node as well', () => {
    const never: Rule = { id: 'never', type: 'except', strength: 'hard', where: { nodes: ['BOS'] } };
    expect(waitedFor({ status: 'snoozed' }, [never])).toEqual([]);
  });

  it('is stock where the node has nothing of it, or could not fill more of the order', () => {
    expect(waitedFor({ status: 'snoozed' }, [], { stock: {} })).toEqual([]);
    const complete = { request: { shipComplete: true, lines: [{ lineId: '1', sku: 'MUG', quantity: 9 }] } };
    expect(waitedFor({ status: 'snoozed' }, [], complete)).toEqual([]);
  });

  it('is nothing where the whole order ships', () => {
    expect(waitedFor({ status: 'snoozed' }, [], { stock: { BOS: { MUG: 5 }, CHI: { MUG: 5 } } })).toEqual([]);
  });
});

const waiter = (letter: string, over: Partial<NodeWaiter> = {}): NodeWaiter => ({
  nodeId: 'BOS',
  orderId: sourcingRequest.shape.orderId.parse(`${ORDER}${letter}`),
  lines: [{ lineId: sourcingRequest.shape.lines.element.shape.lineId.parse('1'), sku: sku.parse('MUG'), quantity: 1 }],
  since: AT,
  from: AT,
  ...over,
}); // prettier-ignore

const setUp = (bos: Partial<OfferedNode>, ordersToday = 0) => {
  const { waiters, table } = memorySourcing();
  const wake = makeWakeWaiting({
    waiters,
    view: {
      nodes: async () => [aNode('BOS', bos)],
      loads: async (days) => new Map(days.map((day) => [dayKey(day), { orders: ordersToday, lines: 0, units: 0 }])),
    },
    now: () => '2026-11-25T10:05:00.000Z',
  });
  const told = () => [...table.items.values()].filter((item) => item['entity'] === 'facts').map((item) => item['aggregateId']);
  return { waiters, wake, told };
}; // prettier-ignore

describe('waking orders that wait for a node', () => {
  it('wakes as many as its day has room for, by priority and then by age, each once', async () => {
    const { waiters, wake, told } = setUp({ ordersPerDay: 5 }, 3);
    await waiters.add(waiter('a', { since: '2026-11-25T09:00:00.000Z' }));
    await waiters.add(waiter('b', { since: '2026-11-25T08:00:00.000Z', priority: 'low' }));
    await waiters.add(waiter('c', { priority: 'urgent' }));
    expect(await wake()).toBe(2);
    expect(told().sort()).toEqual([`${ORDER}a.BOS`, `${ORDER}c.BOS`]);
    expect((await waiters.list(10)).map(({ orderId }) => orderId)).toEqual([`${ORDER}b`]);
  });

  it.each<[string, Partial<OfferedNode>, number]>([
    ['sleeps', { status: 'snoozed' }, 0],
    ['is full', { ordersPerDay: 2 }, 2],
  ])('lets them wait while it %s', async (_, bos, ordersToday) => {
    const { waiters, wake } = setUp(bos, ordersToday);
    await waiters.add(waiter('a'));
    expect(await wake()).toBe(0);
    expect(await waiters.list(10)).toHaveLength(1);
  });

  it('leaves alone who was looked for a moment ago', async () => {
    const { waiters, wake } = setUp({});
    await waiters.add(waiter('a', { from: '2026-11-25T10:06:00.000Z' }));
    expect(await wake()).toBe(0);
  });
});
