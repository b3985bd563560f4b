import type { BenchOptions } from '../measures.ts';
import type { Geography } from './cities.ts';
import type { HighsPeer, Peer } from './peers.ts';

export interface SourcingBench {
  readonly options: BenchOptions;
  readonly geography: Geography;
  readonly highs: HighsPeer;
  readonly glpk: Peer;
}
