import * as z from 'zod';
import { instant } from '../scalars.ts';

const history = z.object({ index: z.int(), of: z.int() });
const counts = z.object({ cells: z.int(), movements: z.int(), reservations: z.int() });
const tally = z.object({ lookedAt: z.int(), unsettled: z.int(), found: z.int() });

/** Input of inventory/tasks/read-stretch: one segment of the store, from the cursor on. */
export const readStretchInput = z.object({
  proofId: z.string(),
  segment: z.int(),
  segments: z.int(),
  history,
  stretch: z.int(),
  cursor: z.string().optional(),
  counts,
});
/** Its answer is its next input; `done`: the segment is read. */
export const readStretchOutput = readStretchInput.extend({ outcome: z.enum(['more', 'done']) });

/** Input of inventory/tasks/judge-part: the cells of one part, from the key on. */
export const judgePartInput = z.object({
  proofId: z.string(),
  part: z.int(),
  parts: z.int(),
  after: z.string().optional(),
  tally,
});
/** Its answer is its next input; `done`: every suspect of the part is judged. */
export const judgePartOutput = judgePartInput.extend({ outcome: z.enum(['more', 'done']) });

/** Input of inventory/tasks/conclude-proof: what the others have answered last. */
export const concludeProofInput = z.object({
  proofId: z.string(),
  startedAt: instant,
  history,
  segments: z.array(z.object({ counts })),
  parts: z.array(z.object({ tally })),
});
/** Its answer. `discrepancies`: something new is off; `findings` are all that are open. */
export const concludeProofOutput = z.object({
  outcome: z.enum(['inOrder', 'discrepancies']),
  run: z.object({ found: z.int(), open: z.int() }),
  findings: z.array(z.string()),
});
