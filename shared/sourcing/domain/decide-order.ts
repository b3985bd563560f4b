import { BrokenInvariant } from '../../kernel/result.ts';
import { chooseNodes, type CandidateNode, type NodeChoice, type NodeChoiceRequest } from './choose-nodes.ts';
import { chooseWithinRoom } from './choose-within-room.ts';
import { loadOf } from './capacity/load.ts';
import type { DecisionInputs } from './decision-inputs.ts';
import type { Decision, DecisionCost, PassedStage, PlannedParcel, Score } from './decision-record.ts';
import { datedDelivery } from './delivery.ts';
import { chooseLots } from './lots/choose-lots.ts';
import { tiedLines } from './lots/tied-lines.ts';
import { stockPricesFrom } from './stock-prices.ts';
import { carriagePerUnit } from './tariff.ts';
import { evaluateRules, type JudgedNode, type RuledProblem } from './strategy/evaluate-rules.ts';
import { inputsOfStage, stagesOf, type StageInForce } from './strategy/stages.ts';
import type { NodeRoom } from './strategy/capacity-room.ts';
import { isSoft } from './strategy/strategy.ts';

/**
 * Leaving a unit unfilled is dearer than any way of shipping it, so that cost decides between ways of shipping and
 * never against shipping. In minor units; the solver compares exactly up to 2^53.
 */
const UNFILLED_UNIT_COST = 10_000_000;

const carriageOf = (judged: JudgedNode, sku: string, { tariff, items }: DecisionInputs): number =>
  carriagePerUnit(tariff, judged.countedMiles, items[sku]?.grams ?? 0);

/** The node as the optimiser is offered it: what shipping from here is weighed as, by shipment and by unit. */
export const candidateOf = (judged: JudgedNode, inputs: DecisionInputs): CandidateNode => ({
  node: judged.node.nodeId,
  shipmentCost:
    inputs.tariff.perShipment + judged.node.costs.perShipment + judged.penalty + (judged.lateness ?? 0),
  unitCosts: Object.fromEntries(
    Object.keys(judged.free).map((sku) => [sku, judged.node.costs.perUnit + carriageOf(judged, sku, inputs)]),
  ),
  stock: judged.free,
});

type Attempt = {
  readonly problem: RuledProblem;
  readonly choice: NodeChoice;
  readonly relaxed: readonly string[];
};

/** Prices of the stock, as the strategy weighs them. */
export const weighedPrices = ({
  prices = [],
  strategy,
}: DecisionInputs): Pick<NodeChoiceRequest, 'stockPrices'> => {
  if (prices.length === 0) return {};
  const rule = strategy.rules.find(({ type }) => type === 'stockValue');
  const weight = rule?.type === 'stockValue' ? rule.weight : 1;
  if (weight === 0) return {};
  const priceOf = stockPricesFrom(prices);
  return { stockPrices: weight === 1 ? priceOf : (node, sku) => weight * priceOf(node, sku) };
};

/** Most nodes are not limited, or not so much that one order could notice. */
const roomsIn = ({ nodes }: RuledProblem): ReadonlyMap<string, NodeRoom> =>
  new Map(nodes.flatMap(({ node, room }) => (room === undefined ? [] : [[node.nodeId, room]])));

/**
 * Sets of nodes x nodes x lines that one search may look into: some tenths of a second. Orders of a few lines never
 * come near it; one of hundreds over hundreds of nodes gets the best plan found by then, and says that it may not be
 * the cheapest. Counted, not timed, so that the decision comes out the same again.
 */
const SEARCH_WORK = 20_000_000;
const FEWEST_VISITS = 20;

const visitLimitFor = (nodes: number, lines: number): number =>
  Math.max(FEWEST_VISITS, Math.floor(SEARCH_WORK / Math.max(1, nodes * lines)));

const solve = (inputs: DecisionInputs, problem: RuledProblem, without?: string): NodeChoice => {
  const candidates = problem.nodes
    .filter(({ node, eliminated }) => eliminated.length === 0 && node.nodeId !== without)
    .map((judged) => candidateOf(judged, inputs));
  const rooms = roomsIn(problem);
  const request: NodeChoiceRequest = {
    lines: inputs.request.lines.map(({ lineId, sku, quantity }) => ({
      id: lineId,
      sku,
      quantity,
      unfilledUnitCost: UNFILLED_UNIT_COST,
    })),
    candidates,
    visitLimit: visitLimitFor(candidates.length, inputs.request.lines.length),
    maxShipments: problem.maxShipments,
    shipComplete: problem.shipComplete,
    ...weighedPrices(inputs),
  };
  const { lots } = problem;
  const choose = (asked: NodeChoiceRequest): NodeChoice =>
    lots === undefined ? chooseNodes(asked) : chooseLots(asked, lots);
  return rooms.size === 0 ? choose(request) : chooseWithinRoom(request, rooms, choose);
};

const unitsOf = (entries: readonly { readonly quantity: number }[]): number =>
  entries.reduce((sum, { quantity }) => sum + quantity, 0);

/**
 * All rules first; while units are missing, the soft ones give way one after the other in the stated order. A rule
 * stays broken only if that filled more: of equal fills, the plan that breaks the fewest rules.
 */
const attempt = (inputs: DecisionInputs): Attempt => {
  const { rules, relax } = inputs.strategy;
  const withRelaxed = (relaxed: readonly string[]): Attempt => {
    const inForce = rules.filter((rule) => !isSoft(rule) || !relaxed.includes(rule.id));
    const problem = evaluateRules(inputs, inForce);
    return { problem, choice: solve(inputs, problem), relaxed };
  };
  let best = withRelaxed([]);
  for (let given = 1; given <= relax.length && best.choice.unfilled.length > 0; given += 1) {
    const next = withRelaxed(relax.slice(0, given));
    if (unitsOf(next.choice.unfilled) < unitsOf(best.choice.unfilled)) best = next;
  }
  return best;
};

const parcelsOf = (inputs: DecisionInputs, { problem, choice }: Attempt): readonly PlannedParcel[] =>
  choice.shipments.flatMap((shipment) => {
    const judged = problem.nodes.find(({ node }) => node.nodeId === shipment.node);
    if (judged === undefined) return [];
    const { costs } = judged.node;
    const skuOf = new Map(inputs.request.lines.map(({ lineId, sku }) => [lineId, sku]));
    const carriage = shipment.lines.reduce(
      (sum, { line, quantity }) => sum + quantity * carriageOf(judged, skuOf.get(line) ?? '', inputs),
      0,
    );
    return [
      {
        node: shipment.node,
        miles: judged.miles,
        lines: shipment.lines,
        cost: {
          parcel: inputs.tariff.perShipment,
          handling: costs.perShipment + costs.perUnit * unitsOf(shipment.lines),
          carriage,
          preference: judged.penalty,
          ...(judged.lateness === undefined ? {} : { lateness: judged.lateness }),
        },
        ...(judged.delivery === undefined ? {} : { delivery: datedDelivery(judged.delivery) }),
      },
    ];
  });

const costOf = (parcels: readonly PlannedParcel[], choice: NodeChoice): DecisionCost => {
  const sum = (pick: (cost: PlannedParcel['cost']) => number): number =>
    parcels.reduce((total, { cost }) => total + pick(cost), 0);
  const isPriced = parcels.some(({ cost }) => cost.lateness !== undefined);
  const [parcel, handling, carriage] = [sum((c) => c.parcel), sum((c) => c.handling), sum((c) => c.carriage)];
  return {
    parcel,
    handling,
    carriage,
    money: parcel + handling + carriage,
    preference: sum((c) => c.preference),
    ...(isPriced ? { lateness: sum((c) => c.lateness ?? 0) } : {}),
    stockValue: choice.cost.stockValue,
  };
};

/** What the whole order would cost from this node alone, as weighed; null where it cannot fill it. */
const aloneOf = (inputs: DecisionInputs, judged: JudgedNode): number | null => {
  const { shipmentCost, unitCosts, stock } = candidateOf(judged, inputs);
  const left = new Map(Object.entries(stock));
  let cost = shipmentCost;
  for (const { sku, quantity } of inputs.request.lines) {
    const held = left.get(sku) ?? 0;
    if (held < quantity) return null;
    left.set(sku, held - quantity);
    cost += quantity * (unitCosts[sku] ?? 0);
  }
  const { lines, units } = loadOf(inputs.request.lines);
  const { room } = judged;
  return room !== undefined && (lines > room.lines || units > room.units) ? null : cost;
};

const scoresOf = (inputs: DecisionInputs, problem: RuledProblem): readonly Score[] =>
  problem.nodes.flatMap((judged) =>
    judged.eliminated.length > 0
      ? []
      : [
          {
            node: judged.node.nodeId,
            miles: judged.miles,
            alone: aloneOf(inputs, judged),
            curtailedBy: judged.curtailed,
            ...(judged.withheld.length === 0 ? {} : { withheld: judged.withheld }),
            ...(judged.ringFenced === 0 ? {} : { ringFenced: judged.ringFenced }),
          },
        ],
  );

const weighed = ({ cost }: NodeChoice): number => cost.shipments + cost.units + cost.stockValue;

type StageAttempt = {
  readonly stage: StageInForce;
  readonly inputs: DecisionInputs;
  readonly attempt: Attempt;
  readonly outcome: Decision['outcome'];
  /** Units that could ship, where the stage ships whole orders only. */
  readonly heldBackUnits: number;
};

const tryStage = (all: DecisionInputs, stage: StageInForce): StageAttempt => {
  const shipsParts = stage.onPartial === 'ship';
  const inputs = inputsOfStage(all, stage, shipsParts ? 'ship' : 'hold');
  const whole = attempt(inputs);
  const { shipments, unfilled } = whole.choice;
  const ships = shipments.length > 0;
  // What holds a part back has to know whether there is one; `hold` treats both alike.
  const part =
    ships || shipsParts || stage.onPartial === 'hold'
      ? []
      : attempt(inputsOfStage(all, stage, 'ship')).choice.shipments;
  return {
    stage,
    inputs,
    attempt: whole,
    outcome: ships ? (unfilled.length > 0 ? 'partial' : 'complete') : 'nothing',
    heldBackUnits: unitsOf(part.flatMap(({ lines }) => lines)),
  };
};

const actionOf = ({ stage, outcome, heldBackUnits }: StageAttempt): Decision['action'] | 'next' => {
  if (outcome !== 'nothing') return 'ship';
  return heldBackUnits > 0 && stage.onPartial !== 'ship' && stage.onPartial !== 'hold'
    ? stage.onPartial
    : stage.onNone;
};

const concluded = (
  { stage, inputs, attempt: chosen, outcome, heldBackUnits }: StageAttempt,
  action: Decision['action'],
  passed: readonly PassedStage[],
): Decision => {
  const { problem, choice, relaxed } = chosen;
  const parcels = parcelsOf(inputs, chosen);
  const waits = action === 'backorder' || (action === 'ship' && choice.unfilled.length > 0);
  const ties = problem.lots === undefined ? [] : tiedLines(inputs.request.lines, problem.lots.ties);
  return {
    outcome,
    action,
    ...(stage.id === undefined ? {} : { stage: stage.id }),
    ...(passed.length === 0 ? {} : { passed }),
    ...(heldBackUnits === 0 ? {} : { heldBackUnits }),
    ...(waits && stage.cancelAfterDays !== undefined ? { cancelAfterDays: stage.cancelAfterDays } : {}),
    parcels,
    unfilled: choice.unfilled,
    cost: costOf(parcels, choice),
    weighed: weighed(choice),
    proven: choice.proven,
    relaxed,
    bound: problem.bound,
    ...(ties.length === 0 ? {} : { ties }),
    eliminated: problem.nodes.flatMap(({ node, eliminated }) =>
      eliminated.length === 0 ? [] : [{ node: node.nodeId, reasons: eliminated }],
    ),
    scores: scoresOf(inputs, problem),
    alternatives: choice.shipments.map(({ node }) => {
      const other = solve(inputs, problem, node);
      return {
        without: node,
        nodes: other.shipments.map((shipment) => shipment.node),
        weighed: weighed(other),
        unfilledUnits: unitsOf(other.unfilled),
      };
    }),
  };
};

/**
 * Decides which nodes ship what of one order, stage by stage: rules first, then the least cost that they allow. Pure:
 * the same inputs give the same decision. The alternatives say what it would cost to do without each chosen node.
 */
export const decideOrder = (inputs: DecisionInputs): Decision => {
  const passed: PassedStage[] = [];
  for (const stage of stagesOf(inputs.strategy)) {
    const tried = tryStage(inputs, stage);
    const action = actionOf(tried);
    if (action !== 'next') return concluded(tried, action, passed);
    passed.push({ stage: stage.id ?? '', couldShipUnits: tried.heldBackUnits });
  }
  throw new BrokenInvariant('the strategy itself has no stage after it');
};
