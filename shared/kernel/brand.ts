declare const brand: unique symbol;

/** A string that has passed a check: it cannot be mistaken for another kind of string. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };
