/** How partners behave. Rates are shares of the deliveries or of the work concerned, 0 to 1; delays are in ms. */
export type Dials = {
  /** Work that a node refuses. */
  readonly rejectRate: number;
  /** Work of which a node finds less than it was asked for. */
  readonly shortRate: number;
  /** Work that a node never answers. */
  readonly silentRate: number;
  /** Messages sent twice, by channels and by nodes. */
  readonly duplicateRate: number;
  /** Messages that overtake the one before: an update before its order, a shipment before its acceptance. */
  readonly reorderRate: number;
  /** Calls to a channel's API that fail with 503 the first time. */
  readonly outageRate: number;
  /** Calls to a channel's API that are answered with 429 and a second to wait, the first time. */
  readonly throttleRate: number;
  readonly acceptDelay: readonly [number, number];
  readonly shipDelay: readonly [number, number];
};

/** One dial for all: 0 is the partner one wishes for, 1 the one that nobody should have. */
export const dialsOf = (nastiness: number): Dials => {
  const turned = Math.min(1, Math.max(0, nastiness));
  return {
    rejectRate: 0.3 * turned,
    shortRate: 0.2 * turned,
    silentRate: 0.06 * turned,
    duplicateRate: 0.5 * turned,
    reorderRate: 0.4 * turned,
    outageRate: 0.3 * turned,
    throttleRate: 0.2 * turned,
    acceptDelay: [20, 20 + Math.round(800 * turned)],
    shipDelay: [100, 300 + Math.round(2_000 * turned)],
  };
};
