import type { Instant } from './instant.ts';

/** A calendar day in UTC as ISO 8601, e.g. `2026-12-01`: sorts as text. */
export type Day = string;

export const dayOf = (instant: Instant): Day => instant.slice(0, 10);
