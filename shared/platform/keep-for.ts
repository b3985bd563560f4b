/**
 * Remembers what `load` gave for `keepMs`, so that data which changes rarely is not read at every invocation. A load
 * that fails is not remembered; calls while it runs share it.
 */
export const keepFor = <Value>(
  keepMs: number,
  load: () => Promise<Value>,
  now: () => number = Date.now,
): (() => Promise<Value>) => {
  let kept: { readonly value: Promise<Value>; readonly until: number } | undefined;
  return () => {
    if (kept !== undefined && kept.until > now()) return kept.value;
    const loading = { value: load(), until: now() + keepMs };
    kept = loading;
    loading.value.catch(() => {
      if (kept === loading) kept = undefined;
    });
    return loading.value;
  };
};
