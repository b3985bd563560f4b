/** A moment as ISO 8601 in UTC with milliseconds, e.g. `2026-11-23T09:30:00.000Z`: sorts as text. */
export type Instant = string;

export const instantOf = (epochMilliseconds: number): Instant => new Date(epochMilliseconds).toISOString();
