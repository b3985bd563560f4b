/**
 * The answer of a decision that may be refused. An ordinary refusal is a value; only a broken invariant throws.
 */
export type Result<Value, Refusal> = Ok<Value> | Refused<Refusal>;

export type Ok<Value> = { readonly ok: true; readonly value: Value };
export type Refused<Refusal> = { readonly ok: false; readonly refusal: Refusal };

export const ok = <Value>(value: Value): Ok<Value> => ({ ok: true, value });
export const refuse = <Refusal>(refusal: Refusal): Refused<Refusal> => ({ ok: false, refusal });

/** Thrown where the code has proved that something cannot happen: a defect, never an ordinary refusal. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}

/** Makes a switch over a union total at compile time. */
export const unreachable = (value: never): never => {
  throw new BrokenInvariant(`unexpected case: ${JSON.stringify(value)}`);
};
