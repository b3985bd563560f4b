import type { Grant } from '../domain/api-key.ts';
import type { HashKey, KeyStore } from './ports.ts';

/** Makes a key, keeps its hash and gives the key away this once. */
export const makeIssueKey =
  (deps: { readonly keys: KeyStore; readonly hash: HashKey; readonly randomText: () => string }) =>
  async (command: {
    readonly label: string;
    readonly grant: Grant;
  }): Promise<{ keyId: string; key: string }> => {
    const key = `sy_${deps.randomText()}`;
    const hash = deps.hash(key);
    const keyId = `key_${hash.slice(0, 16)}`;
    await deps.keys.save(hash, { keyId, ...command });
    return { keyId, key };
  };
