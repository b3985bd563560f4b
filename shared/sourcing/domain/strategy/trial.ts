import type { Instant } from '../../../kernel/instant.ts';

/** What a version on trial must not make worse. */
export type GuardMetric = 'costPerOrder' | 'parcelsPerOrder' | 'unfilledShare';

/** Ends a trial by itself: when the metric is worse by more than this share, over this many orders a side. */
export type Guard = {
  readonly metric: GuardMetric;
  /** 0.05: five per cent of what the version in force does. */
  readonly worseBy: number;
  readonly orders: number;
};

/** A version that decides a share of the orders of its strategy, beside the one in force. */
export type Trial = {
  readonly version: number;
  /** Above 0, below 1. */
  readonly share: number;
  readonly since: Instant;
  readonly guard: Guard;
};

export type EndedTrial = Pick<Trial, 'version' | 'share' | 'since'> & {
  readonly endedAt: Instant;
  readonly outcome: 'promoted' | 'withdrawn' | 'rolledBack';
  readonly reason?: string | undefined;
};

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Uniform in [0, 1), the same for the same text: FNV-1a, mixed once more since it hardly moves the high bits. */
const drawFor = (text: string): number => {
  let hash = FNV_OFFSET;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
};

/** Whether the version on trial decides this order: drawn by its id, so that all its routings fall to one version. */
export const isOnTrial = (strategyId: string, trial: Trial, orderId: string | undefined): boolean =>
  orderId !== undefined && drawFor(`${strategyId}.${trial.version}.${orderId}`) < trial.share;
