import type { SourcingPlan, SourcingRequest } from '../../contracts/sourcing/tasks.ts';
import type { Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import { BrokenInvariant } from '../../kernel/result.ts';
import { chooseNodes, type NodeChoice } from '../domain/choose-nodes.ts';
import { candidatesFor, DEFAULT_TARIFF, type SourcingNode, type StockOnOffer } from '../domain/tariff.ts';
import type { DecisionRecord } from '../domain/decision-record.ts';

/** The world as sourcing sees it. Each may be a moment old: the reservation checks what counts. */
export type SourcingView = {
  readonly nodesThatTakeWork: () => Promise<readonly SourcingNode[]>;
  readonly stockOnOffer: (skus: readonly Sku[]) => Promise<readonly StockOnOffer[]>;
  readonly gramsOf: (skus: readonly Sku[]) => Promise<ReadonlyMap<string, number>>;
};

export type DecisionLog = { readonly keep: (decision: DecisionRecord) => Promise<void> };

/**
 * Leaving a unit unfilled is dearer than any way of shipping it, so that cost decides between ways of shipping and
 * never against shipping. In minor units; the solver compares exactly up to 2^53.
 */
const UNFILLED_UNIT_COST = 10_000_000;

const shipmentsOf = (
  choice: NodeChoice,
  request: SourcingRequest,
  nodes: readonly SourcingNode[],
): SourcingPlan['shipments'] =>
  choice.shipments.map((shipment) => {
    const node = nodes.find((candidate) => candidate.nodeId === shipment.node);
    if (node === undefined) throw new BrokenInvariant('a plan names only nodes that were offered');
    return {
      nodeId: node.nodeId,
      lines: shipment.lines.flatMap(({ line, quantity }) =>
        request.lines
          .filter(({ lineId }) => lineId === line)
          .map(({ lineId, sku }) => ({ lineId, sku, quantity })),
      ),
    };
  });

/** Decides which nodes ship what of one order, at the least cost, and keeps the decision with its inputs. */
export const makeChooseNodesForOrder =
  (deps: {
    readonly view: SourcingView;
    readonly decisions: DecisionLog;
    readonly now: () => Instant;
    readonly decisionIdOf: (request: SourcingRequest) => string;
  }) =>
  async (request: SourcingRequest): Promise<SourcingPlan> => {
    const skus = [...new Set(request.lines.map((line) => line.sku))];
    const [nodes, offers, grams] = await Promise.all([
      deps.view.nodesThatTakeWork(),
      deps.view.stockOnOffer(skus),
      deps.view.gramsOf(skus),
    ]);
    const candidates = candidatesFor({
      nodes,
      offers,
      destination: request.shipTo,
      gramsOf: (sku) => grams.get(sku) ?? 0,
      tariff: DEFAULT_TARIFF,
    });
    const choice = chooseNodes({
      lines: request.lines.map(({ lineId, sku, quantity }) => ({
        id: lineId,
        sku,
        quantity,
        unfilledUnitCost: UNFILLED_UNIT_COST,
      })),
      candidates,
      maxShipments: null,
      shipComplete: request.shipComplete,
      excludedNodes: new Set(request.excludedNodes),
    });
    const shipments = shipmentsOf(choice, request, nodes);
    const costMinor = Math.round(choice.cost.shipments + choice.cost.units);
    const decisionId = deps.decisionIdOf(request);
    await deps.decisions.keep({ decisionId, at: deps.now(), request, candidates, choice });
    return { outcome: shipments.length === 0 ? 'nothing' : 'planned', shipments, decisionId, costMinor };
  };
