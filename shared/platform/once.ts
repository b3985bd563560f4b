/** Builds a thing at its first use and keeps it: a Lambda makes its clients once, and only those that it needs. */
export const once = <Value>(make: () => Value): (() => Value) => {
  let kept: { readonly value: Value } | undefined;
  return () => (kept ??= { value: make() }).value;
};
