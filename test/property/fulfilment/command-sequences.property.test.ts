import fc from 'fast-check';
import {
  accept,
  cancel,
  recordSilence,
  reject,
  ship,
  type DecisionResult,
} from '../../../shared/fulfilment/domain/answer-work.ts';
import {
  isOpen,
  shortLines,
  type FulfilmentOrder,
} from '../../../shared/fulfilment/domain/fulfilment-order.ts';
import { answerOf } from '../../../shared/fulfilment/domain/workflow-answer.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { aLine, aWork, DC_EAST, LATER, STORE_5 } from '../../support/fulfilment/builders.ts';

type Command = (work: FulfilmentOrder) => DecisionResult;

const answerer = fc.constantFrom(
  { by: 'operator' } as const,
  { by: 'node', nodeId: DC_EAST } as const,
  { by: 'node', nodeId: STORE_5 } as const,
);
const said = fc.array(
  fc.record({ line: fc.integer({ min: 1, max: 5 }), quantity: fc.integer({ min: 1, max: 6 }) }),
  {
    maxLength: 5,
  },
);
const command: fc.Arbitrary<Command> = fc.oneof(
  answerer.map((by) => (work: FulfilmentOrder) => accept(work, by, LATER)),
  fc.tuple(answerer, fc.constantFrom('outOfStock', 'noCapacity', 'other')).map(
    ([by, reason]) =>
      (work: FulfilmentOrder) =>
        reject(work, by, reason, LATER),
  ),
  fc.tuple(answerer, said).map(([by, lines]) => {
    const shipment = { lines: lines.map(({ line, quantity }) => aLine(String(line), quantity)) };
    return (work: FulfilmentOrder) => ship(work, by, shipment, LATER);
  }),
  fc.constant<Command>((work) => cancel(work, LATER)),
  fc.constantFrom('answer', 'shipment').map(
    (awaited): Command =>
      (work) =>
        ok(recordSilence(work, awaited, LATER)),
  ),
);
const work = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
  .map((quantities) => aWork({ lines: quantities.map((quantity, at) => aLine(String(at + 1), quantity)) }));
const scenario = fc.tuple(work, fc.array(command, { maxLength: 12 }));

/** Every state that the work passes through, refusals and repetitions included. */
const trace = (start: FulfilmentOrder, commands: readonly Command[]): readonly FulfilmentOrder[] =>
  commands.reduce<readonly FulfilmentOrder[]>(
    (states, each) => {
      const current = states.at(-1) ?? start;
      const decision = each(current);
      return [...states, decision.ok ? decision.value.work : current];
    },
    [start],
  );
const units = (lines: readonly { readonly quantity: number }[]): number =>
  lines.reduce((sum, line) => sum + line.quantity, 0);

describe('a fulfilment order under any commands in any order', () => {
  it('accounts for every unit once it has shipped', () => {
    fc.assert(
      fc.property(scenario, ([start, commands]) => {
        for (const { state, ...rest } of trace(start, commands)) {
          if (!('shipped' in state)) continue;
          const short = shortLines({ ...rest, state });
          expect(units(state.shipped) + units(short)).toBe(units(start.lines));
          expect(state.status).toBe(short.length === 0 ? 'shipped' : 'partlyShipped');
          expect([...state.shipped, ...short].every((line) => line.quantity > 0)).toBe(true);
        }
      }),
    );
  });

  it('never leaves an end that it has reached', () => {
    fc.assert(
      fc.property(scenario, ([start, commands]) => {
        const states = trace(start, commands);
        const end = states.find((each) => !isOpen(each.state.status));
        if (end !== undefined) expect(states.at(-1)).toEqual(end);
      }),
    );
  });

  it('moves its version by one with each change and not otherwise', () => {
    fc.assert(
      fc.property(scenario, ([start, commands]) => {
        const states = trace(start, commands);
        const changes = states.filter((each, at) => at > 0 && each !== states[at - 1]);
        expect(states.at(-1)?.version).toBe(1 + changes.length);
      }),
    );
  });

  it('takes every command twice as it takes it once', () => {
    fc.assert(
      fc.property(scenario, ([start, commands]) => {
        const doubled = commands.flatMap((each) => [each, each]);
        expect(trace(start, doubled).at(-1)).toEqual(trace(start, commands).at(-1));
      }),
    );
  });

  it('always has an answer for its workflow once a deadline is recorded', () => {
    fc.assert(
      fc.property(scenario, fc.constantFrom('answer', 'shipment'), ([start, commands], awaited) => {
        const last = trace(start, commands).at(-1) ?? start;
        expect(answerOf(recordSilence(last, awaited, LATER).work, awaited)).toBeDefined();
      }),
    );
  });
});
