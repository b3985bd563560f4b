import { makeDynamoReorderPoints } from '../../../shared/inventory/adapters/dynamo-reorder-points.ts';
import { makeDynamoShelves } from '../../../shared/inventory/adapters/dynamo-shelves.ts';
import { makeDynamoStockLedger } from '../../../shared/inventory/adapters/dynamo-stock-ledger.ts';
import { makeWatchStockChanges } from '../../../shared/inventory/adapters/watch-stock-changes.ts';
import {
  makeSetReorderPoint,
  makeWatchReorderPoint,
} from '../../../shared/inventory/application/watch-reorder-point.ts';
import { makeWatchShelf } from '../../../shared/inventory/application/watch-shelf.ts';
import { cellKey, type Cell } from '../../../shared/inventory/domain/cell.ts';
import type { Movement } from '../../../shared/inventory/domain/ledger-entry.ts';
import { factsItemSchema } from '../../../shared/platform/facts/facts-item.ts';
import type { TableChange } from '../../../shared/platform/lambda/stream-handler.ts';
import { memoryClient, MemoryDynamo } from './memory-dynamo.ts';

type Fact = Readonly<Record<string, unknown>> & { readonly detailType: string };

/** Stock whose stream is watched after every movement, `looksAtOnce` times at the same time. */
export const makeWatchedStock = ({ looksAtOnce = 1 } = {}) => {
  const memory = new MemoryDynamo();
  const stream: TableChange[] = [];
  memory.onWrite = (before, after) =>
    stream.push({ name: before === undefined ? 'INSERT' : 'MODIFY', before, after });
  const table = { client: memoryClient(memory), tableName: 'inventory', wait: async () => undefined };
  const ledger = makeDynamoStockLedger(table);
  const inbound = new Map<string, number>();
  const at = '2026-11-25T10:00:00.000Z';
  let moved = 0;

  const deps = {
    ledger,
    points: makeDynamoReorderPoints(table),
    readInbound: async (cell: Cell) => inbound.get(cellKey(cell)) ?? 0,
    now: () => at,
  };
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
    expect: (cell: Cell, units: number): void => void inbound.set(cellKey(cell), units),
    setPoint: async (cell: Cell, reorderPoint: number | undefined) => {
      const set = makeSetReorderPoint({
        ...deps,
        catalogue: { knownSkus: async (skus) => new Set(skus) },
        network: { knownNodes: async (nodes) => new Set(nodes) },
      });
      const result = await set({ cell, reorderPoint }, { type: 'operator', name: 'key ops' });
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
