import { concludeProofInput } from '../../../shared/contracts/inventory/proof-tasks.ts';
import { taskHandler } from '../../../shared/platform/lambda/task-handler.ts';
import { booksDeps } from '../books.deps.ts';

export const handler = taskHandler(concludeProofInput, ({ segments, parts, ...proof }) =>
  booksDeps.concludeProof()({
    ...proof,
    counts: segments.map(({ counts }) => counts),
    tallies: parts.map(({ tally }) => tally),
  }),
);
