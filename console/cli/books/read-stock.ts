import {
  cellKey,
  makeTrialBalance,
  type Imbalance,
  type OpenReservation,
} from '../../../shared/inventory/index.ts';
import type { ApiClient } from '../api-client.ts';
import type { ProvenCell, StockAudit } from '../api-types.ts';
import { skuAtNode } from '../cell-path.ts';
import type { Finding } from './cross-check.ts';

export type StockBooks = {
  readonly positionsChecked: number;
  readonly movementsChecked: number;
  readonly reservedUnits: number;
  readonly open: readonly OpenReservation[];
  /** Cells that did not add up over pages of different moments. */
  readonly suspects: readonly Imbalance[];
  /** What breaks a rule and is no cell. */
  readonly doubts: readonly Finding[];
};

/** Adds the store up, page by page, as the watchdog does. */
export const readStock = async (api: ApiClient, onPage: (positions: number) => void): Promise<StockBooks> => {
  const balance = makeTrialBalance();
  const open: OpenReservation[] = [];
  const doubts: Finding[] = [];
  const counts = { positionsChecked: 0, movementsChecked: 0, reservedUnits: 0 };
  for await (const page of api.pages<StockAudit>('/v1/books/stock', { limit: 200 })) {
    balance.addPage(page);
    open.push(...page.openReservations);
    doubts.push(...page.doubts.map(({ violation }) => violation));
    counts.positionsChecked += page.positionsChecked;
    counts.movementsChecked += page.movementsChecked;
    counts.reservedUnits += page.positions.reduce((sum, { reserved }) => sum + reserved, 0);
    onPage(counts.positionsChecked);
  }
  return { ...counts, open, doubts, suspects: balance.suspects() };
};

/** Claims that one request may name. */
const CLAIMS = 5_000;

/** Reads every suspect by itself: what is off then is off. */
export const proveSuspects = async (
  api: ApiClient,
  { suspects, doubts }: StockBooks,
  onProven: (done: number, all: number) => void,
) => {
  const cells: ProvenCell[] = [];
  const unsettled: string[] = [];
  for (const [index, { cell, claims }] of suspects.entries()) {
    onProven(index, suspects.length);
    const { body } = await api.call<ProvenCell>({
      method: 'POST',
      path: `/v1/books/stock/${skuAtNode(cell.sku, cell.nodeId)}/proof`,
      body: { claims: claims.slice(0, CLAIMS) },
      repeatable: true,
    });
    if (body.verdict === 'off') cells.push(body);
    if (body.verdict === 'unsettled') unsettled.push(cellKey(cell));
  }
  const findings: readonly Finding[] = [...cells.flatMap(({ violations }) => violations), ...doubts];
  return { cells, findings, unsettled };
};
