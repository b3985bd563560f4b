import { problemReply } from '../../platform/http/problem-reply.ts';
import type { Reply } from '../../platform/http/reply.ts';
import type { StrategyFault } from '../domain/strategy/strategy-fault.ts';

/** A strategy that is at odds with itself, with each rule named. */
export const faultsReply = (faults: readonly StrategyFault[]): Reply =>
  problemReply(
    'unprocessable',
    'the strategy contradicts itself',
    faults.map(({ rule, problem }) => ({ at: rule, reason: problem })),
  );
