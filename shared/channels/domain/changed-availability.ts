/** One change of one position, as inventory states it. */
export type AvailabilityChange = { readonly available: number; readonly previousAvailable: number | null };

/**
 * Whether a channel has anything to learn from these changes of one SKU: a shipment moves on hand and reserved
 * together and leaves what can be sold as it was.
 */
export const hasAvailabilityChanged = (changes: readonly AvailabilityChange[]): boolean =>
  changes.some((change) => change.available !== change.previousAvailable);
