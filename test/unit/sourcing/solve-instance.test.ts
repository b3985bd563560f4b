import {
  costOfPlans,
  InstanceSolver,
  solveInstance,
  type SourcingInstance,
} from '../../../shared/sourcing/index.ts';

/** Two orders want the one unit of N1; the second has no other way. */
const contested: SourcingInstance = {
  currency: 'USD',
  nodes: [
    { id: 'N1', maxOrders: null },
    { id: 'N2', maxOrders: null },
  ],
  stock: [
    { node: 'N1', sku: 'A', quantity: 1 },
    { node: 'N2', sku: 'A', quantity: 1 },
  ],
  orders: [
    {
      id: 'flexible',
      maxShipments: null,
      shipComplete: false,
      lines: [{ id: '1', sku: 'A', quantity: 1, unfilledUnitCost: 40 }],
      arcs: [
        { node: 'N1', shipmentCost: 5, unitCosts: { A: 1 } },
        { node: 'N2', shipmentCost: 6, unitCosts: { A: 1 } },
      ],
    },
    {
      id: 'bound to N1',
      maxShipments: null,
      shipComplete: false,
      lines: [{ id: '1', sku: 'A', quantity: 1, unfilledUnitCost: 40 }],
      arcs: [{ node: 'N1', shipmentCost: 5, unitCosts: { A: 1 } }],
    },
  ],
};

describe('solving an instance', () => {
  it('gives contested stock to the order that has no other way, and proves it', () => {
    const solution = solveInstance(contested, { seed: 1, work: 2000 });
    expect(solution).toMatchObject({ cost: 13, proven: true, bound: 13 });
    expect(solution.plans[0]?.shipments[0]?.node).toBe('N2');
  });

  it('keeps to the number of orders that a node ships', () => {
    const nodes = contested.nodes.map((node) => ({ ...node, maxOrders: node.id === 'N1' ? 0 : null }));
    expect(solveInstance({ ...contested, nodes }, { seed: 1, work: 2000 })).toMatchObject({
      cost: 47,
      proven: true,
    });
  });

  it('starts from a given plan and reports it before any work', () => {
    const { plans } = solveInstance(contested, { seed: 1, work: 2000 });
    const solver = new InstanceSolver(contested, { seed: 2, plans });
    expect(solver.solution()).toMatchObject({ cost: 13, plans });
  });

  it('refuses to start from a plan that the instance does not allow', () => {
    const plans = contested.orders.map((order) => ({
      order: order.id,
      shipments: [{ node: 'N1', lines: [{ line: '1', quantity: 1 }] }],
      unfilled: [],
    }));
    expect(() => new InstanceSolver(contested, { seed: 1, plans })).toThrow('do not fit');
  });

  it('answers an instance without orders', () => {
    expect(solveInstance({ ...contested, orders: [] }, { seed: 1, work: 10 })).toEqual({
      cost: 0,
      proven: true,
      bound: 0,
      plans: [],
    });
  });
});

describe('the cost of plans', () => {
  const ship = (node: string, quantity = 1) => ({ node, lines: [{ line: '1', quantity }] });
  const leave = { order: 'bound to N1', shipments: [], unfilled: [{ line: '1', quantity: 1 }] };
  const plan = (shipments: readonly ReturnType<typeof ship>[]) => [
    { order: 'flexible', shipments, unfilled: [] },
    leave,
  ];

  it('adds shipments, units and what is unfilled', () => {
    expect(costOfPlans(contested, plan([ship('N1')]))).toEqual({ ok: true, value: 46 });
  });

  it.each([
    ['a line shipped twice', [ship('N1'), ship('N2')]],
    ['a line not covered', []],
    ['a node twice', [ship('N1'), ship('N1')]],
    ['an unknown node', [ship('N9')]],
    ['more than ordered', [ship('N1', 2)]],
    ['half a unit', [ship('N1', 0.5)]],
  ])('refuses %s', (_what, shipments) => {
    expect(costOfPlans(contested, plan(shipments)).ok).toBe(false);
  });
});
