import { chooseNodes, stockPricesFrom, type CandidateNode } from '../../../shared/sourcing/index.ts';

const line = (id: string, sku: string, quantity: number, unfilledUnitCost = 40) => ({
  id,
  sku,
  quantity,
  unfilledUnitCost,
});
const node = (
  name: string,
  shipmentCost: number,
  skus: Readonly<Record<string, readonly [unitCost: number, stock: number]>>,
): CandidateNode => ({
  node: name,
  shipmentCost,
  unitCosts: Object.fromEntries(Object.entries(skus).map(([sku, [cost]]) => [sku, cost])),
  stock: Object.fromEntries(Object.entries(skus).map(([sku, [, stock]]) => [sku, stock])),
});
const free = { maxShipments: null, shipComplete: false };

describe('choosing the nodes of one order', () => {
  it('ships from one dearer node when a second shipment costs more than it saves', () => {
    const candidates = [
      node('near A', 10, { A: [1, 5] }),
      node('near B', 10, { B: [1, 5] }),
      node('both', 10, { A: [3, 5], B: [3, 5] }),
    ];
    const choice = chooseNodes({ ...free, lines: [line('1', 'A', 1), line('2', 'B', 1)], candidates });
    expect(choice.shipments).toEqual([
      {
        node: 'both',
        lines: [
          { line: '1', quantity: 1 },
          { line: '2', quantity: 1 },
        ],
      },
    ]);
    expect(choice.cost).toEqual({ shipments: 10, units: 6, unfilled: 0, total: 16, stockValue: 0 });
    expect(choice.proven).toBe(true);
  });

  it('splits a line over two nodes when none holds enough', () => {
    const candidates = [node('N1', 1, { A: [1, 2] }), node('N2', 1, { A: [2, 9] })];
    const choice = chooseNodes({ ...free, lines: [line('1', 'A', 3)], candidates });
    expect(choice.shipments).toEqual([
      { node: 'N1', lines: [{ line: '1', quantity: 2 }] },
      { node: 'N2', lines: [{ line: '1', quantity: 1 }] },
    ]);
  });

  it('leaves a unit unfilled when that is cheaper than shipping it', () => {
    const choice = chooseNodes({
      ...free,
      lines: [line('1', 'A', 2, 5)],
      candidates: [node('N1', 3, { A: [4, 9] })],
    });
    expect(choice).toMatchObject({
      shipments: [],
      unfilled: [{ line: '1', quantity: 2 }],
      cost: { total: 10 },
    });
  });

  it('gives scarce units to the line whose missing unit costs most', () => {
    const lines = [line('low', 'A', 2, 10), line('high', 'A', 2, 30)];
    const choice = chooseNodes({ ...free, lines, candidates: [node('N1', 1, { A: [1, 3] })] });
    expect(choice.unfilled).toEqual([{ line: 'low', quantity: 1 }]);
  });

  it('ships nothing of a ship-complete order that cannot be filled', () => {
    const request = {
      lines: [line('1', 'A', 1), line('2', 'B', 2)],
      candidates: [node('N1', 1, { A: [1, 9], B: [1, 1] })],
    };
    const choice = chooseNodes({ ...request, maxShipments: null, shipComplete: true });
    expect(choice).toMatchObject({ shipments: [], cost: { total: 120 } });
    expect(chooseNodes({ ...request, ...free }).cost.total).toBe(43);
  });

  it('fills a ship-complete order at a loss on one line when the whole is worth it', () => {
    const lines = [line('1', 'A', 1, 100), line('2', 'B', 1, 1)];
    const choice = chooseNodes({
      lines,
      candidates: [node('N1', 1, { A: [1, 1], B: [9, 1] })],
      maxShipments: null,
      shipComplete: true,
    });
    expect(choice.cost.total).toBe(11);
  });

  it.each([
    [0, 80],
    [1, 51],
    [2, 22],
  ])('keeps to %i shipments', (maxShipments, total) => {
    const candidates = [node('N1', 10, { A: [1, 1] }), node('N2', 10, { B: [1, 1] })];
    const lines = [line('1', 'A', 1), line('2', 'B', 1)];
    expect(chooseNodes({ lines, candidates, maxShipments, shipComplete: false }).cost.total).toBe(total);
  });

  it('does not use an excluded node', () => {
    const candidates = [node('N1', 1, { A: [1, 1] }), node('N2', 2, { A: [1, 1] })];
    const choice = chooseNodes({
      ...free,
      lines: [line('1', 'A', 1)],
      candidates,
      excludedNodes: new Set(['N1']),
    });
    expect(choice.shipments.map((shipment) => shipment.node)).toEqual(['N2']);
  });

  it('answers an empty order and an order without nodes', () => {
    expect(chooseNodes({ ...free, lines: [], candidates: [node('N1', 1, { A: [1, 1] })] }).cost.total).toBe(
      0,
    );
    expect(chooseNodes({ ...free, lines: [line('1', 'A', 2)], candidates: [] }).cost.total).toBe(80);
  });

  it('spares stock that is worth more to later orders, and does not count its worth as cost', () => {
    const candidates = [node('scarce', 5, { A: [1, 1] }), node('plenty', 5, { A: [3, 9] })];
    const stockPrices = stockPricesFrom([{ node: 'scarce', sku: 'A', price: 4 }]);
    const choice = chooseNodes({ ...free, lines: [line('1', 'A', 1)], candidates, stockPrices });
    expect(choice).toMatchObject({ shipments: [{ node: 'plenty' }], cost: { total: 8, stockValue: 0 } });
  });

  it('says so when the search was cut short, with an honest bound', () => {
    const skus = ['A', 'B', 'C', 'D', 'E', 'F'];
    const candidates = skus.flatMap((first, i) =>
      skus.slice(i + 1).map((second) => node(first + second, 10, { [first]: [1, 1], [second]: [1, 1] })),
    );
    const lines = skus.map((sku) => line(sku, sku, 1));
    const exact = chooseNodes({ ...free, lines, candidates });
    const cut = chooseNodes({ ...free, lines, candidates, visitLimit: 1 });
    expect(exact).toMatchObject({ proven: true, cost: { total: 36 } });
    expect(cut.bound).toBeLessThanOrEqual(exact.cost.total);
    expect(cut.cost.total).toBeGreaterThanOrEqual(exact.cost.total);
  });
});
