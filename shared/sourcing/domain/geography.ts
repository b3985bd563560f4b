/** Degrees, WGS 84. */
export type Position = { readonly latitude: number; readonly longitude: number };

/** As much of an address as sourcing may know: no name, no street. */
export type Destination = {
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly postcode?: string | undefined;
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
};

const EARTH_RADIUS_MILES = 3958.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in statute miles (haversine formula, spherical earth). */
export const milesBetween = (one: Position, other: Position): number => {
  const half = (from: number, to: number): number => Math.sin(radians(to - from) / 2) ** 2;
  const chord =
    half(one.latitude, other.latitude) +
    Math.cos(radians(one.latitude)) *
      Math.cos(radians(other.latitude)) *
      half(one.longitude, other.longitude);
  return 2 * EARTH_RADIUS_MILES * Math.asin(Math.min(1, Math.sqrt(chord)));
};

/** Rough middle of each US state, to the degree: what is known of an address whose channel sends no coordinates. */
const US_STATES: Readonly<Record<string, readonly [number, number]>> = {
  AL: [33, -87], AK: [64, -152], AZ: [34, -112], AR: [35, -92], CA: [37, -120], CO: [39, -106], CT: [42, -73],
  DC: [39, -77], DE: [39, -76], FL: [28, -82], GA: [33, -83], HI: [21, -157], ID: [44, -115], IL: [40, -89],
  IN: [40, -86], IA: [42, -93], KS: [38, -98], KY: [38, -85], LA: [31, -92], ME: [45, -69], MD: [39, -77],
  MA: [42, -72], MI: [43, -85], MN: [46, -94], MS: [33, -90], MO: [38, -92], MT: [47, -110], NE: [41, -100],
  NV: [39, -117], NH: [44, -72], NJ: [40, -75], NM: [34, -106], NY: [43, -75], NC: [36, -79], ND: [47, -100],
  OH: [40, -83], OK: [36, -97], OR: [44, -121], PA: [41, -78], RI: [42, -72], SC: [34, -81], SD: [44, -100],
  TN: [36, -86], TX: [31, -99], UT: [39, -112], VT: [44, -73], VA: [37, -79], WA: [47, -121], WV: [39, -81],
  WI: [44, -90], WY: [43, -107],
}; // prettier-ignore

/** Where a parcel goes, as well as the address tells; undefined when it does not. */
export const positionOf = (destination: Destination): Position | undefined => {
  const { latitude, longitude, country, region } = destination;
  if (latitude !== undefined && longitude !== undefined) return { latitude, longitude };
  const middle = country === undefined || country === 'US' ? US_STATES[region ?? ''] : undefined;
  return middle === undefined ? undefined : { latitude: middle[0], longitude: middle[1] };
};
