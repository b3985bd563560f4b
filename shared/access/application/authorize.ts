import { bearerKey, type Grant } from '../domain/api-key.ts';
import type { HashKey, KeyStore } from './ports.ts';

export type Authorization =
  { readonly allowed: true; readonly keyId: string; readonly grant: Grant } | { readonly allowed: false };

/**
 * Finds who is behind an Authorization header. The key that the deployment made (`isAdminKey`, compared in constant
 * time) is an operator; every other key is looked up by its hash.
 */
export const makeAuthorize =
  (deps: {
    readonly keys: KeyStore;
    readonly hash: HashKey;
    readonly isAdminKey: (key: string) => Promise<boolean>;
  }) =>
  async (header: string | undefined): Promise<Authorization> => {
    const key = bearerKey(header);
    if (key === undefined) return { allowed: false };
    if (await deps.isAdminKey(key)) return { allowed: true, keyId: 'admin', grant: { scope: 'operator' } };
    const known = await deps.keys.findByHash(deps.hash(key));
    return known === undefined
      ? { allowed: false }
      : { allowed: true, keyId: known.keyId, grant: known.grant };
  };
