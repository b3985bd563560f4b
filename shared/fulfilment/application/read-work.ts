import type { FulfilmentOrderId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Answerer } from '../domain/answer-work.ts';
import type { FulfilmentOrder } from '../domain/fulfilment-order.ts';
import type { FulfilmentOrderStore, FulfilmentQueries, WorkPage, WorkPageRequest } from './ports.ts';

type ReadRefusal = { readonly type: 'noSuchWork' } | { readonly type: 'notYourWork' };
type ListRefusal = { readonly type: 'notYourWork' } | { readonly type: 'notACursor' };

/** One fulfilment order; a node sees its own only. */
export const makeGetWork =
  (deps: { readonly store: Pick<FulfilmentOrderStore, 'find'> }) =>
  async (query: {
    readonly fulfilmentOrderId: FulfilmentOrderId;
    readonly reader: Answerer;
  }): Promise<Result<FulfilmentOrder, ReadRefusal>> => {
    const work = await deps.store.find(query.fulfilmentOrderId);
    if (work === undefined) return refuse({ type: 'noSuchWork' });
    const { reader } = query;
    if (reader.by === 'node' && reader.nodeId !== work.nodeId) return refuse({ type: 'notYourWork' });
    return ok(work);
  };

/** A page of a node's work, oldest first; a node sees its own only. */
export const makeListWork =
  (deps: { readonly queries: Pick<FulfilmentQueries, 'listByNode'> }) =>
  async (query: WorkPageRequest & { readonly reader: Answerer }): Promise<Result<WorkPage, ListRefusal>> => {
    const { reader, ...request } = query;
    if (reader.by === 'node' && reader.nodeId !== request.nodeId) return refuse({ type: 'notYourWork' });
    return deps.queries.listByNode(request);
  };
