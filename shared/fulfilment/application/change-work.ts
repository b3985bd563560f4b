import type { FulfilmentOrderId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { DecisionResult, WorkRefusal } from '../domain/answer-work.ts';
import type { FulfilmentOrder } from '../domain/fulfilment-order.ts';
import type { Clock, FulfilmentOrderStore } from './ports.ts';

export type ChangeRefusal =
  | WorkRefusal
  | { readonly type: 'noSuchWork' }
  /** Others kept changing the work at the same time: try again. */
  | { readonly type: 'busy' };
export type ChangeResult = Result<FulfilmentOrder, ChangeRefusal>;

export type ChangeDeps = { readonly store: FulfilmentOrderStore; readonly now: Clock };

/** Two parties and a deadline can meet on one piece of work; a sixth overtaking in a row is not ordinary. */
const ATTEMPTS = 6;

/** Loads the work, decides, stores the decision on the version that it was made on; decides anew when overtaken. */
export const changeWork = async (
  { store, now }: ChangeDeps,
  id: FulfilmentOrderId,
  decide: (work: FulfilmentOrder, at: Instant) => DecisionResult,
): Promise<ChangeResult> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const work = await store.find(id);
    if (work === undefined) return refuse({ type: 'noSuchWork' });
    const decision = decide(work, now());
    if (!decision.ok) return decision;
    const next = decision.value;
    if (!next.changed) return ok(next.work);
    if ((await store.save(next.work)) === 'saved') return ok(next.work);
  }
  return refuse({ type: 'busy' });
};
