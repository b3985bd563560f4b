import { tellDecision, tellWhyNot } from '../../../console/cli/tell-decision.ts';
import { decideOrder, whyNot, type OrderToSource } from '../../../shared/sourcing/index.ts';
import { aNode, BOSTON, CHICAGO, someInputs } from '../../support/sourcing/builders.ts';

const kit = (perKit: number) => ({ kitId: 'TEA-SET', perKit });
const parcelsOf = (inputs: Parameters<typeof decideOrder>[0]) =>
  decideOrder(inputs).parcels.map(({ node, lines }) => [node, lines.map(({ quantity }) => quantity)]);

const set = (pots: number, cups: number): OrderToSource['lines'] => [
  { lineId: '1', sku: 'POT', quantity: pots, kit: kit(1) },
  { lineId: '2', sku: 'CUP', quantity: cups, kit: kit(4) },
];

describe('kits', () => {
  it('go out whole although another node is cheaper for a part', () => {
    const stock = { BOS: { POT: 5 }, CHI: { POT: 5, CUP: 8 } };
    expect(parcelsOf(someInputs({ stock, request: { lines: set(2, 8) } }))).toEqual([['CHI', [2, 8]]]);
  });

  it('are split among nodes kit by kit, and what makes no whole kit waits', () => {
    const stock = { BOS: { POT: 1, CUP: 7 }, CHI: { POT: 4, CUP: 7 } };
    const decision = decideOrder(someInputs({ stock, request: { lines: set(3, 12) } }));
    expect(decision.parcels.map(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([
      [1, 4],
      [1, 4],
    ]);
    expect(decision.unfilled.map(({ quantity }) => quantity)).toEqual([1, 4]);
  });

  it('share the stock of a product that is also ordered by itself', () => {
    const lines = [...set(1, 4), { lineId: '3', sku: 'CUP', quantity: 2 }];
    const stock = { BOS: { POT: 1, CUP: 5 }, CHI: { CUP: 9 } };
    expect(parcelsOf(someInputs({ stock, request: { lines } }))).toEqual([
      ['BOS', [1, 4, 1]],
      ['CHI', [1]],
    ]);
  });

  it('that were broken already ship what is left of them as it comes', () => {
    const stock = { BOS: { CUP: 3 } };
    expect(parcelsOf(someInputs({ stock, request: { lines: set(1, 3).slice(1) } }))).toEqual([['BOS', [3]]]);
  });
});

describe('lines that are kept together', () => {
  const lines = ['MUG', 'TEA'].map((sku, at) => ({
    lineId: `${at}`,
    sku,
    quantity: 2,
    keepTogether: 'gift',
  }));

  it('ship from one node in whole', () => {
    const stock = { BOS: { MUG: 9, TEA: 1 }, CHI: { MUG: 2, TEA: 2 } };
    expect(parcelsOf(someInputs({ stock, request: { lines } }))).toEqual([['CHI', [2, 2]]]);
  });

  it('wait together when no node has all of them', () => {
    const stock = { BOS: { MUG: 9, TEA: 1 }, CHI: { MUG: 1, TEA: 2 } };
    const decision = decideOrder(someInputs({ stock, request: { lines } }));
    expect(decision).toMatchObject({ outcome: 'nothing', ties: [{ group: 'gift', lines: ['0', '1'] }] });
  });

  it('take with them the kits that their lines are parts of', () => {
    const tied = set(2, 8).map((line, at) => (at === 0 ? { ...line, keepTogether: 'gift' } : line));
    const stock = { BOS: { POT: 1, CUP: 8 }, CHI: { POT: 1, CUP: 8 } };
    expect(parcelsOf(someInputs({ stock, request: { lines: tied } }))).toEqual([]);
  });
});

describe('what is told of ties', () => {
  const lines = [...set(1, 4), { lineId: '3', sku: 'MUG', quantity: 1, keepTogether: 'gift' }];
  const nodes = [aNode('NEAR', { position: BOSTON }), aNode('FAR', { position: CHICAGO })];
  const inputs = someInputs({ nodes, stock: { NEAR: { POT: 3 }, FAR: { POT: 3, CUP: 4, MUG: 1 } }, request: { lines } }); // prettier-ignore

  it('says what was kept together, and where it went', () => {
    const told = tellDecision(decideOrder(inputs), inputs);
    expect(told).toContain('Kit TEA-SET ships whole or not at all: 1 from FAR.');
    expect(told).toContain('Group gift (1 line) ships as a whole from FAR.');
  });

  it('says that a node would have been chosen for a part of a kit', () => {
    const heavy = { ...inputs, items: { POT: { grams: 90_000 }, CUP: { grams: 1 }, MUG: { grams: 1 } } };
    expect(tellWhyNot('NEAR', whyNot(heavy, 'NEAR'))).toContain(
      'NEAR would have been chosen if kits TEA-SET need not ship whole.',
    );
  });
});
