import type * as z from 'zod';

/** Who may call: a signed webhook needs no key, everything else names the scope its key must carry. */
export type Scope = 'webhook' | 'public' | 'reader' | 'operator' | 'node';

export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';

/**
 * One endpoint, said once: the handler parses by it, the HTTP API routes by it, the OpenAPI document is made of it.
 * `handler` is the path of the Lambda below functions/, without its ending.
 */
export type Route<Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
  readonly handler: string;
  readonly method: HttpMethod;
  readonly path: `/${string}`;
  /** Any one of these scopes opens the route; `operator` opens all. */
  readonly scopes: readonly Scope[];
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly pathParameters: Path;
  readonly query: Query;
  readonly body: Body;
  /** Media types of the request body; the raw text is handed over for anything but JSON. */
  readonly bodyTypes?: readonly string[];
  readonly headers?: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly description: string;
  }[];
  readonly responses: Readonly<Record<number, { readonly description: string; readonly schema?: z.ZodType }>>;
};

export type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType>;

export const defineRoute = <Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  route: Route<Path, Query, Body>,
): Route<Path, Query, Body> => route;
