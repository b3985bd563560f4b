import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly population: number;
}

export interface Geography {
  /** Where the table came from, for the note of each measure. */
  readonly source: string;
  readonly metros: readonly Place[];
  /** Fulfilment centres, at the places of the study or (synthetic) at the ten largest metros. */
  readonly centres: readonly Place[];
}

const readPlaces = (file: string): Place[] => {
  const rows: Record<string, string>[] = parse(readFileSync(file, 'utf8'), {
    columns: true,
    bom: true,
    trim: true,
  });
  return rows.map((row) => ({
    name: row.City ?? row.Facility ?? '',
    latitude: Number(row.Latitude),
    longitude: Number(row.Longitude),
    population: Number(row.Population ?? 0),
  }));
};

/**
 * Metros and centres: the public study's tables when the folder has them, else our own synthetic table
 * (99 invented places over an area of the size of the United States, population by Zipf's law).
 */
export const loadGeography = (data: string | undefined): Geography => {
  const real = data === undefined ? undefined : join(data, 'fulfilment_network.cities.csv');
  if (real !== undefined && existsSync(real)) {
    return {
      source: 'fulfilment_network',
      metros: readPlaces(real),
      centres: readPlaces(join(data ?? '', 'fulfilment_network.fulfillment_centers.csv')),
    };
  }
  if (data !== undefined) throw new Error(`no fulfilment_network.cities.csv in ${data}`);
  const metros = readPlaces(join(import.meta.dirname, 'synthetic-metros.csv'));
  return { source: 'synthetic', metros, centres: metros.slice(0, 10) };
};

const RADIANS = Math.PI / 180;

/** Great-circle distance in miles (haversine, mean earth radius). */
export const milesBetween = (a: Place, b: Place): number => {
  const halfLatitude = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2);
  const halfLongitude = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2);
  const chord =
    halfLatitude ** 2 + Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * halfLongitude ** 2;
  return 2 * 3958.8 * Math.asin(Math.sqrt(chord));
};
