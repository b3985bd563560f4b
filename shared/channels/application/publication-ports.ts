import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { ChannelPolicy } from '../domain/channel-policy.ts';
import type { ChannelName, ConnectionRef } from '../domain/delivery.ts';
import type { PublishedFigure, Sellable } from '../domain/published-figure.ts';
import type { Resync, ResyncPage } from '../domain/resync.ts';
import type { StockCell } from '../domain/sellable-of.ts';
import type { Connection } from './ports.ts';

/** Reads stock of SKUs at every node, with every change that was committed before. SKUs that no node ever held have no cell. */
export type ReadStockCells = (skus: readonly Sku[]) => Promise<readonly StockCell[]>;

/** The policies of a channel as of now; `version` rises with each change of one of them. */
export type PolicyBook = {
  readonly inForce: (
    channel: ChannelName,
  ) => Promise<{ readonly version: number; readonly policies: readonly ChannelPolicy[] }>;
};

export type ChannelPolicyStore = PolicyBook & {
  readonly save: (policy: ChannelPolicy, at: Instant) => Promise<void>;
  /** False when there was none. */
  readonly withdraw: (
    scope: Pick<ChannelPolicy, 'channel' | 'connection' | 'sku'>,
    at: Instant,
  ) => Promise<boolean>;
  /** Throws on a cursor that it did not make. */
  readonly list: (
    channel: ChannelName,
    page: { readonly limit: number; readonly cursor: string | undefined },
  ) => Promise<{ readonly items: readonly ChannelPolicy[]; readonly cursor: string | undefined }>;
};

/** What became of one SKU of a call. Absent: the shop does not sell it. Refused: the shop will not take it. */
export type FigureOutcome =
  | { readonly type: 'said' | 'absent'; readonly sku: Sku }
  | { readonly type: 'refused'; readonly sku: Sku; readonly status: number };

/**
 * The stock of one shop, over its own API. Both throw when it may succeed later, and `ChannelBusy` when the shop said
 * for how long it wants to be left alone.
 */
export type ShopStock = {
  /** So many figures travel in one call at most. */
  readonly figuresPerCall: number;
  readonly tell: (
    connection: Connection,
    figures: readonly { readonly sku: Sku; readonly available: number }[],
  ) => Promise<readonly FigureOutcome[]>;
  /** What the shop shows of the SKUs that it sells; undefined units: it does not count them. */
  readonly read: (
    connection: Connection,
    skus: readonly Sku[],
  ) => Promise<ReadonlyMap<Sku, number | undefined>>;
};

/** The last figure that each shop was told of each SKU that a policy limits. */
export type PublishedFigures = {
  readonly find: (ref: ConnectionRef, skus: readonly Sku[]) => Promise<ReadonlyMap<Sku, PublishedFigure>>;
  /**
   * Keeps what is about to be told, and answers with the figures that are to be: not those that were told last under
   * the policies as they are, unless they are `unsure`, and none over a newer one.
   */
  readonly claim: (
    ref: ConnectionRef,
    figures: readonly Sellable[],
    unsure: ReadonlySet<Sku>,
    at: Instant,
  ) => Promise<readonly Sellable[]>;
};

/** What was told in this process: a figure of the same version is the same, whoever told it since. */
export type ToldVersions = {
  readonly isTold: (ref: ConnectionRef, figure: Sellable) => boolean;
  readonly note: (ref: ConnectionRef, figures: readonly Sellable[]) => void;
};

/** What waits to be told to a shop. Messages of one shop are worked off one after the other, in their order. */
export type PublicationMessage = ConnectionRef &
  (
    | {
        readonly type: 'changed';
        readonly skus: readonly Sku[];
        /** They were begun before, and how far that went is not known. */
        readonly isUnsure?: true;
      }
    | { readonly type: 'resync'; readonly resyncId: string; readonly page: number }
  );

export type PublicationQueue = {
  readonly send: (messages: readonly PublicationMessage[]) => Promise<void>;
};

/** Where figures end that a shop refuses however often it is told: a queue with an alarm. */
export type RefusedFigures = {
  readonly bury: (
    ref: ConnectionRef,
    refused: readonly { readonly sku: Sku; readonly status: number }[],
  ) => Promise<void>;
};

export type ResyncStore = {
  /** False when it was there before. */
  readonly start: (resync: Resync) => Promise<boolean>;
  readonly find: (ref: ConnectionRef, resyncId: string) => Promise<Resync | undefined>;
  /** Adds a page to it, once: false when it has been added before. */
  readonly advance: (resync: Resync, page: ResyncPage, at: Instant) => Promise<boolean>;
  /** Newest first. Throws on a cursor that it did not make. */
  readonly list: (
    ref: ConnectionRef,
    page: { readonly limit: number; readonly cursor: string | undefined },
  ) => Promise<{ readonly items: readonly Resync[]; readonly cursor: string | undefined }>;
};

/** The catalogue, page by page. */
export type ListSkus = (page: {
  readonly limit: number;
  readonly cursor: string | undefined;
}) => Promise<{ readonly skus: readonly Sku[]; readonly cursor: string | undefined }>;
