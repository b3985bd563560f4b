import {
  concludeProofInput,
  concludeProofOutput,
  judgePartInput,
  judgePartOutput,
  readStretchInput,
  readStretchOutput,
} from '../../shared/contracts/inventory/proof-tasks.ts';
import { makeStartProof, type ProofPlan } from '../../shared/inventory/application/start-proof.ts';
import { BROKEN, runWorkflow, type Answer, type Json } from '../support/workflow/run-workflow.ts';

const WORKFLOW = 'inventory/prove-books.asl.json';
const READ = 'Read a stretch of the segment';
const JUDGE = 'Look at the suspects of a part';
const CONCLUDE = 'Write down what was found';
const TELL = 'Put the discrepancies before an operator';

const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

const planned = async (): Promise<Json> => {
  const plans: ProofPlan[] = [];
  await makeStartProof({
    workflow: { startProof: async (plan) => void plans.push(plan) },
    now: () => '2026-11-23T09:00:00.000Z',
    segments: 2,
    parts: 2,
    historyShares: 4,
    everyMs: 3_600_000,
  })();
  return asJson(plans[0]);
};

/** Each segment is read in two stretches, each part judged in two calls. */
const read: Answer = (input) => {
  const given = readStretchInput.parse(input);
  const outcome = given.stretch === 0 ? ('more' as const) : ('done' as const);
  const counts = { ...given.counts, cells: given.counts.cells + 5 };
  return asJson(
    readStretchOutput.parse({ ...given, outcome, stretch: given.stretch + 1, cursor: 'c', counts }),
  );
};
const judge: Answer = (input) => {
  const given = judgePartInput.parse(input);
  const outcome = given.after === undefined ? ('more' as const) : ('done' as const);
  const tally = { ...given.tally, lookedAt: given.tally.lookedAt + 1 };
  return asJson(judgePartOutput.parse({ ...given, outcome, after: 'A#MUG', tally }));
};
const conclude =
  (found: number): Answer =>
  (input) => {
    const { segments, parts } = concludeProofInput.parse(input);
    expect(segments.map(({ counts }) => counts.cells)).toEqual([10, 10]);
    expect(parts.map(({ tally }) => tally.lookedAt)).toEqual([2, 2]);
    return concludeProofOutput.parse({
      outcome: found === 0 ? 'inOrder' : 'discrepancies',
      run: { found, open: found },
      findings: found === 0 ? [] : ['position A#MUG: reserved = open claims'],
    });
  };

describe('prove-books', () => {
  it('reads every segment to its end, judges every part and is proven', async () => {
    const run = await runWorkflow(WORKFLOW, await planned(), {
      [READ]: [read],
      [JUDGE]: [judge],
      [CONCLUDE]: [conclude(0)],
    });
    expect(run.outcome).toBe('succeeded');
    expect(run.states.at(-1)).toBe('The books are proven');
    expect(run.calls.filter(({ state }) => state === READ)).toHaveLength(4);
    expect(run.calls.filter(({ state }) => state === JUDGE)).toHaveLength(4);
  });

  it('puts new discrepancies before an operator', async () => {
    const run = await runWorkflow(WORKFLOW, await planned(), {
      [READ]: [read],
      [JUDGE]: [judge],
      [CONCLUDE]: [conclude(1)],
      [TELL]: [null],
    });
    expect(run.states.at(-1)).toBe('The books do not balance');
    expect(run.calls.at(-1)).toMatchObject({
      state: TELL,
      input: { MessageBody: { found: 1, findings: [expect.stringContaining('A#MUG')] } },
    });
  });

  it('fails when the store cannot be read', async () => {
    const run = await runWorkflow(WORKFLOW, await planned(), { [READ]: [BROKEN] });
    expect(run.outcome).toBe('failed');
  });
});
