import type { ConnectionRef } from '../domain/delivery.ts';
import type { Connection, ConnectionList, ConnectionStore } from './ports.ts';

/** Connects a shop, or changes how it is reached. The secrets are kept apart from the list of connections. */
export const makePutConnection =
  (deps: { readonly store: ConnectionStore; readonly list: ConnectionList }) =>
  async (ref: ConnectionRef, connection: Connection): Promise<{ readonly tellsChannel: boolean }> => {
    const tellsChannel = connection.apiUrl !== undefined;
    await deps.store.save(ref, connection);
    await deps.list.add(ref, tellsChannel);
    return { tellsChannel };
  };
