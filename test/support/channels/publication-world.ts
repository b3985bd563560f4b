import { makeDynamoChannelPolicies } from '../../../shared/channels/adapters/dynamo/dynamo-channel-policies.ts';
import { makeDynamoPublishedFigures } from '../../../shared/channels/adapters/dynamo/dynamo-published-figures.ts';
import { makeDynamoResyncs } from '../../../shared/channels/adapters/dynamo/dynamo-resyncs.ts';
import { makeToldVersions } from '../../../shared/channels/adapters/told-versions.ts';
import { makePublicationChanges } from '../../../shared/channels/adapters/publication-changes.ts';
import type {
  PublicationMessage,
  ShopStock,
} from '../../../shared/channels/application/publication-ports.ts';
import { makePublishAvailability } from '../../../shared/channels/application/publish-availability.ts';
import { makePublishPolicyChange } from '../../../shared/channels/application/publish-policy-change.ts';
import { makeReadSellable } from '../../../shared/channels/application/read-sellable.ts';
import { makeResyncPage, makeStartResync } from '../../../shared/channels/application/resync-availability.ts';
import { makeWorkOffPublication } from '../../../shared/channels/application/work-off-publication.ts';
import type { ConnectionRef } from '../../../shared/channels/domain/delivery.ts';
import type { Sellable } from '../../../shared/channels/domain/published-figure.ts';
import type { StockCell } from '../../../shared/channels/domain/sellable-of.ts';
import { cellKey, type Cell } from '../../../shared/inventory/index.ts';
import { instantOf } from '../../../shared/kernel/instant.ts';
import type { Sku } from '../../../shared/kernel/ids.ts';
import { MemoryDynamo } from '../inventory/memory-dynamo.ts';
import { meteredClient } from '../inventory/metered-dynamo.ts';

type ShopBehaviour = {
  /** Figures that the shop refuses. */
  readonly refuses?: ReadonlySet<Sku>;
  /** Thrown by the next calls, one each, before (`lost`: after) the shop has taken the figures. */
  readonly faults?: { readonly error: Error; readonly lost?: boolean }[];
  readonly notSold?: ReadonlySet<Sku>;
  readonly secondsPerCall?: number;
};

export const SHOP = { channel: 'shopify', connection: 'main' } as const;

/** One shop, its stock, and all of publication between them over a table in memory. */
export const makePublicationWorld = (behaviour: ShopBehaviour = {}) => {
  const {
    refuses = new Set(),
    notSold = new Set(),
    faults = [],

    secondsPerCall = 0,
  } = behaviour;
  const memory = new MemoryDynamo();
  const { client, meter } = meteredClient(memory);
  const table = { client, tableName: 'channels' };
  const cells = new Map<string, StockCell>();
  const shown = new Map<Sku, number | undefined>();
  const calls: (readonly Sku[])[] = [];
  const buried: { readonly sku: Sku; readonly status: number }[] = [];
  const queue: PublicationMessage[] = [];

  const stock: ShopStock = {
    figuresPerCall: 3,
    tell: async (_, figures) => {
      calls.push(figures.map(({ sku }) => sku));
      const fault = faults.shift();
      nowMs += secondsPerCall * 1_000;
      if (fault !== undefined && !fault.lost) throw fault.error;
      const taken = figures.filter(({ sku }) => !refuses.has(sku) && !notSold.has(sku));
      for (const { sku, available } of taken) shown.set(sku, available);
      if (fault !== undefined) throw fault.error;
      return figures.map(({ sku }) => {
        if (refuses.has(sku)) return { type: 'refused', sku, status: 422 };
        return { type: notSold.has(sku) ? 'absent' : 'said', sku };
      });
    },
    read: async (_, skus) =>
      new Map(skus.filter((sku) => !notSold.has(sku)).map((sku) => [sku, shown.get(sku)])),
  };

  let nowMs = Date.parse('2026-11-25T10:00:00.000Z');
  const told = [makeToldVersions(), makeToldVersions()] as const;
  let atWork: 0 | 1 = 0;
  const now = () => instantOf(nowMs);
  const policies = makeDynamoChannelPolicies(table);
  const resyncs = makeDynamoResyncs(table);
  const list = { tellable: async () => [SHOP] };
  const outbox = { send: async (messages: readonly PublicationMessage[]) => void queue.push(...messages) };
  const deps = {
    connections: { find: async () => ({ webhookSecret: 's', apiUrl: 'https://shop.example.com' }) },
    stockOf: () => stock,
    readSellable: makeReadSellable({
      policies,
      readStockCells: async (skus) => [...cells.values()].filter(({ sku }) => skus.includes(sku)),
    }),
    published: makeDynamoPublishedFigures(table),
    told: {
      isTold: (ref: ConnectionRef, figure: Sellable) => told[atWork].isTold(ref, figure),
      note: (ref: ConnectionRef, figures: readonly Sellable[]) => told[atWork].note(ref, figures),
    },
    refused: {
      bury: async (_: unknown, refused: readonly (typeof buried)[number][]) => void buried.push(...refused),
    },
    queue: outbox,
    now,
  };
  const publish = makePublishAvailability(deps);
  const listSkus = async ({ limit, cursor = '0' }: { limit: number; cursor: string | undefined }) => {
    const skus = [...new Set([...cells.values()].map(({ sku }) => sku))].sort();
    const end = Number(cursor) + Math.min(limit, 2);
    return {
      skus: skus.slice(Number(cursor), end),
      cursor: end < skus.length ? String(end) : undefined,
    };
  };
  const resyncPage = makeResyncPage({ ...deps, publish, listSkus, resyncs });
  const react = makePublicationChanges({
    queue: outbox,
    publishPolicyChange: makePublishPolicyChange({ list, queue: outbox, resyncs }),
  });
  const streamed: Promise<void>[] = [];
  memory.onWrite = (before, after) =>
    streamed.push(react([{ name: before === undefined ? 'INSERT' : 'MODIFY', before, after }]));

  return {
    meter,
    calls,
    buried,
    queue,
    shown,
    policies,
    resyncs,
    published: deps.published,
    publish,
    startResync: makeStartResync({ resyncs, now }),
    workOff: makeWorkOffPublication({ publish, resyncPage }),
    /** From now on another process works for the shop: it remembers what it told, and nothing else. */
    changeProcess: (): void => void (atWork = atWork === 0 ? 1 : 0),
    /** Stock as inventory would have it after another change of the cell. */
    put: (cell: Cell, available: number): void => {
      const key = cellKey(cell);
      cells.set(key, { ...cell, available, version: (cells.get(key)?.version ?? 0) + 1 });
    },
    /** What the table's stream leads to has been done. */
    settled: async (): Promise<void> => {
      while (streamed.length > 0) await streamed.shift();
    },
  };
};
