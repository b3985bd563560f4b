import { canonicalOrder, type CanonicalOrderInput } from '../../../contracts/orders/canonical-order.ts';
import { parseLossless } from '../../../platform/json.ts';
import type { Translation } from '../../application/ports.ts';
import type { Json } from './fields.ts';
import { Ignored, Refusal } from './refusal.ts';

/** The order if it is one by the contract; otherwise the first field that is not as it must be. */
export const finishOrder = (candidate: CanonicalOrderInput): Translation => {
  const parsed = canonicalOrder.safeParse(candidate);
  if (parsed.success) return { kind: 'order', order: parsed.data };
  const [issue] = parsed.error.issues;
  return { kind: 'refused', reason: `${issue?.path.join('.') ?? 'order'}: ${issue?.message ?? 'unusable'}` };
};

/** Runs a translator on the parsed text; what it declines becomes an answer, so that nothing it meets is a fault. */
export const translating = (text: string, read: (payload: Json) => Translation): Translation => {
  let payload: Json;
  try {
    payload = parseLossless(text);
  } catch {
    return { kind: 'refused', reason: 'the body is not JSON' };
  }
  try {
    return read(payload);
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', reason: error.message };
    if (error instanceof Ignored) return { kind: 'ignored', reason: error.message };
    // A pure function meets the same defect however often it runs: an answer, so that the deliveries behind it pass.
    return {
      kind: 'refused',
      reason: `the translator failed on it (${error instanceof Error ? error.name : 'unknown'})`,
    };
  }
};
