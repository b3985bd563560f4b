import { makeDynamoReorderPoints } from '../../../shared/inventory/adapters/dynamo-reorder-points.ts';
import { makeDynamoShelves } from '../../../shared/inventory/adapters/dynamo-shelves.ts';
import { makeDynamoSupplyOrders } from '../../../shared/inventory/adapters/dynamo-supply-orders.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeWatchStockChanges } from '../../../shared/inventory/adapters/watch-stock-changes.ts';
import {
  makeReadInbound,
  makeSetReorderPoint,
  makeWatchReorderPoint,
} from '../../../shared/inventory/application/watch-reorder-point.ts';
import { makeWatchShelf } from '../../../shared/inventory/application/watch-shelf.ts';
import type { Catalogue, Network } from '../../../shared/inventory/application/ports.ts';
import { makeAnnounceSupply } from '../../../shared/inventory/application/supply/announce-supply.ts';
import { makeCloseSupply } from '../../../shared/inventory/application/supply/close-supply.ts';
import type { Actor } from '../../../shared/inventory/domain/actor.ts';
import type { Cell } from '../../../shared/inventory/domain/cell.ts';
import type { Movement } from '../../../shared/inventory/domain/ledger-entry.ts';
import { factsItemSchema } from '../../../shared/platform/facts/facts-item.ts';
import type { TableChange } from '../../../shared/platform/lambda/stream-handler.ts';
import { aPurchase } from './builders.ts';
import { memoryClient, MemoryDynamo } from './memory-dynamo.ts';

const OPERATOR: Actor = { type: 'operator', name: 'key ops' };
const everythingIsKnown: { readonly catalogue: Catalogue; readonly network: Network } = {
  catalogue: { knownSkus: async (skus) => new Set(skus) },
  network: { knownNodes: async (nodes) => new Set(nodes) },
};

type Fact = Readonly<Record<string, unknown>> & { readonly detailType: string };

/** Stock whose stream is watched after every movement, `looksAtOnce` times at the same time. */
export const makeWatchedStock = ({ looksAtOnce = 1 } = {}) => {
  const memory = new MemoryDynamo();
  const stream: TableChange[] = [];
  memory.onWrite = (before, after) =>
    stream.push({ name: before === undefined ? 'INSERT' : 'MODIFY', before, after });
  const table = { client: memoryClient(memory), tableName: 'inventory', wait: async () => undefined };
  const ledger = makeDynamoStockLedger(table);
  const supply = makeDynamoSupplyOrders(table);
  const at = '2026-11-25T10:00:00.000Z';
  let moved = 0;

  const deps = {
    ledger,
    points: makeDynamoReorderPoints(table),
    readInbound: makeReadInbound(supply),
    now: () => at,
  };
  const ordering = { ledger, supply, now: deps.now, ...everythingIsKnown };
  const watchReorderPoint = makeWatchReorderPoint(deps);
  const watch = makeWatchStockChanges({
    watchShelf: makeWatchShelf({ ledger, shelves: makeDynamoShelves(table), now: deps.now }),
    watchReorderPoint,
  });
  const settle = async (): Promise<void> => {
    while (stream.length > 0) {
      const changes = stream.splice(0);
      await Promise.all(Array.from({ length: looksAtOnce }, () => watch(changes)));
    }
  };
  const commit = async (cell: Cell, deltas: Pick<Movement, 'kind' | 'onHandDelta' | 'reservedDelta'>) => {
    moved += 1;
    const movement = { movementId: `m${moved}`, ...deltas };
    const written = await ledger.commit({
      at,
      changes: [{ cell, guard: { type: 'covered' }, movements: [movement] }],
    });
    if (!written.ok) throw new Error('a test moves units that are not there');
  };

  const facts = (): readonly Fact[] =>
    [...memory.items.values()]
      .filter(({ entity }) => entity === 'facts')
      .flatMap((item) => factsItemSchema.parse(item).facts)
      .map(({ detailType, data }) => ({ detailType, ...(data as object) }));

  return {
    memory,
    table,
    net: { at },
    watch,
    watchReorderPoint,
    settle,
    /** Changes on hand and lets the stream be watched. */
    move: async (cell: Cell, units: number): Promise<void> => {
      await commit(cell, { kind: units < 0 ? 'writeOff' : 'receive', onHandDelta: units, reservedDelta: 0 });
      await settle();
    },
    claim: async (cell: Cell, units: number): Promise<void> => {
      await commit(cell, { kind: 'reserve', onHandDelta: 0, reservedDelta: units });
      await settle();
    },
    /** Units are gone and the claims on them stay. */
    take: async (cell: Cell, units: number): Promise<void> => {
      await commit(cell, { kind: 'writeOff', onHandDelta: -units, reservedDelta: 0 });
      await settle();
    },
    /** A purchase order is announced for the cell; returns how it is called off. */
    expect: async ({ sku, nodeId }: Cell, units: number) => {
      const order = aPurchase('PO-1', nodeId, { [sku]: units });
      await makeAnnounceSupply(ordering)(order);
      await settle();
      return async (): Promise<void> => {
        await makeCloseSupply(ordering)(order.supplyId, { outcome: 'cancelled', reason: 'test' }, OPERATOR);
        await settle();
      };
    },
    setPoint: async (cell: Cell, reorderPoint: number | undefined) => {
      const result = await makeSetReorderPoint({ ...deps, ...everythingIsKnown })(
        { cell, reorderPoint },
        OPERATOR,
      );
      await settle();
      return result;
    },
    facts,
    crossings: () =>
      facts()
        .filter(({ detailType }) => detailType === 'ReorderPointCrossed.v1')
        .map(({ available, netPosition, crossing }) => ({ available, netPosition, crossing })),
  };
};
