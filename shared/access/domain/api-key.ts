import type { NodeId } from '../../kernel/ids.ts';

/** What a key may do. `operator` may do everything; a node's key speaks for that node only. */
export type Grant =
  { readonly scope: 'reader' | 'operator' } | { readonly scope: 'node'; readonly nodeId: NodeId };

/** A key as it is kept: never the key itself, only the hash that it is found by. */
export type ApiKey = { readonly keyId: string; readonly label: string; readonly grant: Grant };

const BEARER = /^Bearer\s+(\S{16,200})$/i;

/** The key in an Authorization header, or undefined when there is none. */
export const bearerKey = (header: string | undefined): string | undefined => BEARER.exec(header ?? '')?.[1];
