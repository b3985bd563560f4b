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
const ATTEMPTS = 7;

/**
 * Loads the work, decides, stores the decision on the version that it was made on; decides anew when overtaken. The
 * first look is a cheap one: a change that it leads to is proven by the version, anything else is decided on a second.
 */
export const changeWork = async (
  { store, now }: ChangeDeps,
  id: FulfilmentOrderId,
  decide: (work: FulfilmentOrder, at: Instant) => DecisionResult,
): Promise<ChangeResult> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const isFirst = attempt === 0;
    const work = await store.find(id, isFirst ? 'eventual' : undefined);
    if (work === undefined) {
      if (isFirst) continue;
      return refuse({ type: 'noSuchWork' });
    }
    const decision = decide(work, now());
    if (isFirst && !(decision.ok && decision.value.changed)) continue;
    if (!decision.ok) return decision;
    const next = decision.value;
    if (!next.changed) return ok(next.work);
    if ((await store.save(next.work)) === 'saved') return ok(next.work);
  }
  return refuse({ type: 'busy' });
};
