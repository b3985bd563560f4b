/**
 * A postal address as far as it is known; coordinates in degrees (WGS 84). Of a customer it is personal data: stored
 * and shown to whoever ships, never logged or put on the bus.
 */
export type Address = {
  readonly name?: string | undefined;
  readonly company?: string | undefined;
  readonly line1?: string | undefined;
  readonly line2?: string | undefined;
  readonly city?: string | undefined;
  readonly region?: string | undefined;
  readonly postcode?: string | undefined;
  readonly country?: string | undefined;
  readonly phone?: string | undefined;
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
};
