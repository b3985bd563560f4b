import { BrokenInvariant, ok, refuse, type Result } from '../../kernel/result.ts';
import { maySpeakFor, type Actor } from '../domain/actor.ts';
import { count, move, receive, type Count, type Receipt, type StockMove } from '../domain/adjust-stock.ts';
import { isSameCell, type Cell } from '../domain/cell.ts';
import type { CellChange } from '../domain/ledger-entry.ts';
import { emptyPosition, type Position } from '../domain/position.ts';
import type { Catalogue, Clock, Network, StockLedger } from './ports.ts';

export type AdjustmentRefusal = { readonly type: 'unknownSku' | 'unknownNode' | 'notYourNode' };

export type AdjustDeps = {
  readonly ledger: StockLedger;
  readonly catalogue: Catalogue;
  readonly network: Network;
  readonly now: Clock;
};

/** Others may change what was counted between reading and writing it; so often in a row only if something is wrong. */
const ATTEMPTS = 20;

const positionAt = async (ledger: StockLedger, cell: Cell): Promise<Position | undefined> =>
  (await ledger.findPositions([cell])).find((position) => isSameCell(position, cell));

/** Whether the actor may say something of the cell, and whether there is such a cell. */
export const checkCell = async (
  deps: Omit<AdjustDeps, 'ledger' | 'now'>,
  { sku, nodeId }: Cell,
  actor: Actor,
): Promise<Result<void, AdjustmentRefusal>> => {
  if (!maySpeakFor(actor, nodeId)) return refuse({ type: 'notYourNode' });
  const [skus, nodes] = await Promise.all([
    deps.catalogue.knownSkus([sku]),
    deps.network.knownNodes([nodeId]),
  ]);
  if (!skus.has(sku)) return refuse({ type: 'unknownSku' });
  return nodes.has(nodeId) ? ok(undefined) : refuse({ type: 'unknownNode' });
};

/** Writes one change of one cell, decided afresh on what is known whenever somebody else was quicker. */
export const applyChange = async (
  deps: Pick<AdjustDeps, 'ledger' | 'now'>,
  cell: Cell,
  decide: (known: Position | undefined) => CellChange,
): Promise<Position> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const change = decide(await positionAt(deps.ledger, cell));
    const written = await deps.ledger.commit({ at: deps.now(), changes: [change] });
    if (written.ok || written.refusal.keyUsed.length > 0) {
      return (await positionAt(deps.ledger, cell)) ?? emptyPosition(cell);
    }
  }
  throw new BrokenInvariant(`position ${cell.nodeId} never stands still`);
};

/** Units arrived. A repeated key answers with the position and changes nothing. */
export const makeReceiveStock =
  (deps: AdjustDeps) =>
  async (receipt: Receipt, actor: Actor): Promise<Result<Position, AdjustmentRefusal>> => {
    const checked = await checkCell(deps, receipt.cell, actor);
    if (!checked.ok) return checked;
    return ok(await applyChange(deps, receipt.cell, () => receive(receipt, actor.name)));
  };

/** On hand was counted. A repeated key answers with the position and changes nothing. */
export const makeSetOnHand =
  (deps: AdjustDeps) =>
  async (counted: Count, actor: Actor): Promise<Result<Position, AdjustmentRefusal>> => {
    const checked = await checkCell(deps, counted.cell, actor);
    if (!checked.ok) return checked;
    return ok(await applyChange(deps, counted.cell, (known) => count(counted, known, actor.name)));
  };

export type MoveRefusal =
  | AdjustmentRefusal
  | { readonly type: 'notThatManyOnHand'; readonly onHand: number }
  | { readonly type: 'notThatManyInQuarantine'; readonly quarantined: number };

/** Units come back, leave for good, are corrected, or go into quarantine and out of it. A repeated key answers with the position and changes nothing. */
export const makeMoveStock =
  (deps: AdjustDeps) =>
  async (moved: StockMove, actor: Actor): Promise<Result<Position, MoveRefusal>> => {
    const checked = await checkCell(deps, moved.cell, actor);
    if (!checked.ok) return checked;
    const written = await deps.ledger.commit({ at: deps.now(), changes: [move(moved, actor.name)] });
    const position = (await positionAt(deps.ledger, moved.cell)) ?? emptyPosition(moved.cell);
    if (written.ok || written.refusal.keyUsed.length > 0) return ok(position);
    return (moved.quarantined ?? 0) < 0
      ? refuse({ type: 'notThatManyInQuarantine', quarantined: position.quarantined })
      : refuse({ type: 'notThatManyOnHand', onHand: position.onHand });
  };
