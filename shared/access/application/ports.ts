import type { ApiKey } from '../domain/api-key.ts';

export type KeyStore = {
  readonly findByHash: (hash: string) => Promise<ApiKey | undefined>;
  readonly save: (hash: string, key: ApiKey) => Promise<void>;
};

/** One-way, so that whoever reads the table cannot call the API. */
export type HashKey = (key: string) => string;
