import { LIST_PRICES, type BilledKind } from './list-prices.ts';
import type { MeterLine } from './meter-lines.ts';

export type Bill = {
  /** Billed units by kind. */
  readonly units: Readonly<Record<BilledKind, number>>;
  /** USD by kind, its time included. */
  readonly usd: Readonly<Record<BilledKind, number>>;
  readonly totalUnits: number;
  readonly totalUsd: number;
  /** Lambda and Express time within `totalUsd`. */
  readonly timeUsd: number;
  /** USD for the functions' log lines: not within `totalUsd`. */
  readonly logUsd: number;
  /** Units by kind and by what they were for, dearest first. */
  readonly causes: readonly { readonly kind: BilledKind; readonly cause: string; readonly units: number }[];
};

const KINDS = Object.keys(LIST_PRICES.unit) as readonly BilledKind[];
const isKind = (service: string): service is BilledKind => KINDS.some((kind) => kind === service);
const isFree = (service: string): boolean => LIST_PRICES.free.some((free) => free === service);

const GIB = 1024;
const EXPRESS_MIB = 64;

/** USD for the time of a line: Lambda by the millisecond, Express by 100 ms of 64 MB. */
const timeUsdOf = ({ service, ms = 0, mb = 0 }: MeterLine): number => {
  if (service === 'lambda') return (ms / 1_000) * (mb / GIB) * LIST_PRICES.lambdaGbSecond;
  if (service !== 'states-express') return 0;
  return (Math.ceil(ms / 100) / 10) * (EXPRESS_MIB / GIB) * LIST_PRICES.expressGbSecond;
};

/** A request to the HTTP API is what invokes a function that is an endpoint. */
const withApiRequests = (
  lines: readonly MeterLine[],
  isEndpoint: (functionName: string) => boolean,
): readonly MeterLine[] =>
  lines.flatMap((line) =>
    line.service === 'lambda' && isEndpoint(line.what)
      ? [line, { at: line.at, service: 'http-api', what: line.what, units: 1 }]
      : [line],
  );

const causeOf = ({ service, what, by, note }: MeterLine): string => {
  const cause = service === 'lambda' || service === 'http-api' ? what : `${by ?? ''} ${what}`;
  return note === undefined || note === '' ? cause : `${cause} (${note})`;
};

/** Adds up what was metered. Throws on a service without a price. */
export const billOf = (
  metered: readonly MeterLine[],
  isEndpoint: (functionName: string) => boolean,
): Bill => {
  const units = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<BilledKind, number>;
  const usd = { ...units };
  const causes = new Map<string, { kind: BilledKind; cause: string; units: number }>();
  let timeUsd = 0;
  for (const line of withApiRequests(metered, isEndpoint)) {
    const { service } = line;
    if (isFree(service)) continue;
    if (!isKind(service)) throw new Error(`no list price for ${service} (${line.what})`);
    const time = timeUsdOf(line);
    units[service] += line.units;
    usd[service] += line.units * LIST_PRICES.unit[service] + time;
    timeUsd += time;
    const cause = causeOf(line);
    const entry = causes.get(`${service} ${cause}`) ?? { kind: service, cause, units: 0 };
    causes.set(`${service} ${cause}`, { ...entry, units: entry.units + line.units });
  }
  const sum = (values: Readonly<Record<BilledKind, number>>): number =>
    KINDS.reduce((total, kind) => total + values[kind], 0);
  return {
    units,
    usd,
    totalUnits: sum(units),
    totalUsd: sum(usd),
    timeUsd,
    logUsd: (metered.reduce((bytes, { logged = 0 }) => bytes + logged, 0) / 1e9) * LIST_PRICES.logGb,
    causes: [...causes.values()].sort((a, b) => b.units - a.units),
  };
};
