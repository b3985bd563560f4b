import { tellDecision, tellWhyNot } from '../../../console/cli/tell-decision.ts';
import { decideOrder, whyNot } from '../../../shared/sourcing/index.ts';
import { aStrategy, someInputs } from '../../support/sourcing/builders.ts';

const told = (inputs: Parameters<typeof decideOrder>[0]): string =>
  tellDecision(decideOrder(inputs), inputs).join('\n');

describe('a decision in sentences', () => {
  it('begins with what ships and what it costs', () => {
    expect(told(someInputs())).toContain('The whole order ships, in 1 parcel, for ');
    expect(told(someInputs())).toContain('BOS ships 2 x MUG over ');
  });

  it('names what was out, and why', () => {
    const text = told(
      someInputs({
        stock: { BOS: { MUG: 5 }, CHI: { MUG: 5 } },
        request: { excludedNodes: ['BOS'] },
        strategy: aStrategy([{ id: 'no-chi', strength: 'hard', type: 'except', where: { nodes: ['CHI'] } }]),
      }),
    );
    expect(text).toContain('Nothing ships: it waits for stock.');
    expect(text).toContain('Out: BOS (it rejected this order).');
    expect(text).toContain('Out: CHI (rule no-chi).');
    expect(text).toContain('Out: SEA (it has nothing of it).');
    expect(text).toContain('Nobody ships 2 x MUG.');
  });

  it('says with how many others it was planned, and what these took', () => {
    const taken = [{ nodeId: 'BOS', sku: 'MUG', units: 3 }];
    const release = { releaseId: 'parcels.a1', seed: 1, work: 2, orders: 3, taken };
    expect(told({ ...someInputs(), release })).toContain(
      'Planned together with 2 other orders in release parcels.a1, which took 3 x MUG at BOS.',
    );
  });

  it('says what it would cost without the chosen node', () => {
    expect(told(someInputs())).toMatch(/Without BOS: CHI, for \d+\.\d\d more\./);
  });

  it('says the smallest change for another node', () => {
    const inputs = someInputs({ stock: { BOS: { MUG: 1 }, SEA: { MUG: 5 } } });
    expect(tellWhyNot('BOS', whyNot(inputs, 'BOS'))[0]).toBe(
      'BOS would have been chosen with 1 x MUG more on its shelf.',
    );
    expect(tellWhyNot('CHI', whyNot(someInputs(), 'CHI'))[0]).toMatch(
      /^CHI would have been chosen at \d+\.\d\d less a parcel\.$/,
    );
  });
});
