import { parseInstance } from '../../../shared/sourcing/index.ts';

const example = () => ({
  format: 'switchyard/sourcing-instance@1',
  currency: 'USD',
  nodes: [{ id: 'DC1', maxOrders: null as unknown }],
  stock: [{ node: 'DC1', sku: 'A', quantity: 12 as unknown }],
  orders: [
    {
      id: 'O1',
      maxShipments: null as unknown,
      shipComplete: false as unknown,
      lines: [{ id: '1', sku: 'A', quantity: 2 as unknown, unfilledUnitCost: 40 as unknown }],
      arcs: [{ node: 'DC1', shipmentCost: 9.959 as unknown, unitCosts: { A: 0.93 } as unknown }],
    },
  ],
});
type Document = ReturnType<typeof example>;

const first = <Item>(items: readonly Item[]): Item => {
  const [item] = items;
  if (item === undefined) throw new Error('the example has one of each');
  return item;
};

/** Each spoils the example in one place; the path is what the refusal must name. */
const faults: [what: string, path: string, spoil: (document: Document) => unknown][] = [
  ['a list', '$', () => []],
  ['another format', '$.format', (d) => ({ ...d, format: 'switchyard/sourcing-instance@2' })],
  ['no currency', '$.currency', (d) => ({ ...d, currency: undefined })],
  ['no orders', '$.orders', (d) => ({ ...d, orders: undefined })],
  ['an unknown field', '$.maxShipments', (d) => ({ ...d, maxShipments: 2 })],
  [
    'a misspelt limit',
    '$.nodes[0].maxOrder',
    (d) => Object.assign(d, { nodes: [{ id: 'DC1', maxOrder: 3 }] }),
  ],
  ['a negative limit', '$.nodes[0].maxOrders', (d) => ((first(d.nodes).maxOrders = -1), d)],
  ['a fractional limit', '$.orders[0].maxShipments', (d) => ((first(d.orders).maxShipments = 1.5), d)],
  ['a node twice', '$.nodes[1]', (d) => (d.nodes.push({ id: 'DC1', maxOrders: 1 }), d)],
  ['stock twice', '$.stock[1]', (d) => (d.stock.push({ node: 'DC1', sku: 'A', quantity: 1 }), d)],
  ['stock at an unknown node', '$.stock[0].node', (d) => ((first(d.stock).node = 'DC9'), d)],
  ['negative stock', '$.stock[0].quantity', (d) => ((first(d.stock).quantity = -1), d)],
  ['fractional stock', '$.stock[0].quantity', (d) => ((first(d.stock).quantity = 0.5), d)],
  ['stock as text', '$.stock[0].quantity', (d) => ((first(d.stock).quantity = '12'), d)],
  ['stock beyond whole doubles', '$.stock[0].quantity', (d) => ((first(d.stock).quantity = 2 ** 53), d)],
  ['an order twice', '$.orders[1]', (d) => (d.orders.push(first(example().orders)), d)],
  ['a flag that is a number', '$.orders[0].shipComplete', (d) => ((first(d.orders).shipComplete = 1), d)],
  [
    'a fractional quantity',
    '$.orders[0].lines[0].quantity',
    (d) => ((first(first(d.orders).lines).quantity = 2.5), d),
  ],
  [
    'an infinite cost',
    '$.orders[0].arcs[0].shipmentCost',
    (d) => ((first(first(d.orders).arcs).shipmentCost = Infinity), d),
  ],
  [
    'a negative cost',
    '$.orders[0].lines[0].unfilledUnitCost',
    (d) => ((first(first(d.orders).lines).unfilledUnitCost = -1), d),
  ],
  [
    'no unit costs',
    '$.orders[0].arcs[0].unitCosts',
    (d) => ((first(first(d.orders).arcs).unitCosts = undefined), d),
  ],
  [
    'a unit cost of null',
    '$.orders[0].arcs[0].unitCosts["A B"]',
    (d) => ((first(first(d.orders).arcs).unitCosts = { 'A B': null }), d),
  ],
  [
    'a line twice',
    '$.orders[0].lines[1]',
    (d) => (first(d.orders).lines.push({ id: '1', sku: 'B', quantity: 1, unfilledUnitCost: 1 }), d),
  ],
  [
    'an arc twice',
    '$.orders[0].arcs[1]',
    (d) => (first(d.orders).arcs.push({ node: 'DC1', shipmentCost: 1, unitCosts: {} }), d),
  ],
  [
    'an arc to an unknown node',
    '$.orders[0].arcs[0].node',
    (d) => ((first(first(d.orders).arcs).node = 'DC9'), d),
  ],
];

describe('reading a sourcing instance', () => {
  it('takes the example of the format', () => {
    const { format: _format, ...instance } = example();
    expect(parseInstance(example())).toEqual({ ok: true, value: instance });
  });

  it.each(faults)('refuses %s and names %s', (_what, path, spoil) => {
    const read = parseInstance(spoil(example()));
    expect(read).toMatchObject({ ok: false, refusal: { path } });
  });

  it('takes limits and flags that are left out as no limit and not ship-complete', () => {
    const document = example();
    const order = { ...first(document.orders), maxShipments: undefined, shipComplete: undefined };
    const read = parseInstance({ ...document, nodes: [{ id: 'DC1' }], orders: [order] });
    expect(read).toMatchObject({
      ok: true,
      value: { nodes: [{ maxOrders: null }], orders: [{ maxShipments: null, shipComplete: false }] },
    });
  });

  it('lets a SKU be called like a property that every object has', () => {
    const document: unknown = JSON.parse(JSON.stringify(example()).replaceAll('"A"', '"__proto__"'));
    const read = parseInstance(document);
    expect(read.ok && read.value.orders[0]?.arcs[0]?.unitCosts.__proto__).toBe(0.93);
  });
});
