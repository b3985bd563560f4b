import { createHash } from 'node:crypto';
import type * as z from 'zod';
import { decisionRecord, type decisionSummary } from '../../shared/contracts/sourcing/decision.ts';
import { canonicalJson, checkDecision, decideOrder } from '../../shared/sourcing/index.ts';
import type { ApiClient } from './api-client.ts';

export type DecisionSummary = z.infer<typeof decisionSummary>;
export type FullDecision = z.infer<typeof decisionRecord>;

const sha256 = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');

/** The decision as it is recorded, with its inputs; parsed, since it is going to be computed with. */
export const readDecision = async (api: ApiClient, decisionId: string): Promise<FullDecision> =>
  decisionRecord.parse(await api.get(`/v1/decisions/${encodeURIComponent(decisionId)}`));

export const readDecisions = async (api: ApiClient, orderId: string): Promise<readonly DecisionSummary[]> =>
  (await api.get<{ items: readonly DecisionSummary[] }>(`/v1/orders/${orderId}/decisions`)).items;

/**
 * Decides again from the recorded inputs: both hashes must come out as recorded, bit for bit. `faults`: what the recorded
 * decision breaks of its inputs, by a check that shares no code with the decision.
 */
export const decideAgain = ({ inputs, inputHash, decisionHash, decision: recorded }: FullDecision) => {
  const decision = decideOrder(inputs);
  const found = { inputHash: sha256(inputs), decisionHash: sha256(decision) };
  return {
    decision,
    ...found,
    inputsIntact: found.inputHash === inputHash,
    sameDecision: found.decisionHash === decisionHash,
    faults: checkDecision(inputs, recorded),
  };
};
