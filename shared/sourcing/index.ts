export * from './domain/instance.ts';
export { costOfPlans } from './domain/check-plans.ts';
export {
  chooseNodes,
  type CandidateNode,
  type ChoiceCost,
  type NodeChoice,
  type NodeChoiceRequest,
} from './domain/choose-nodes.ts';
export type { DocumentFault } from './domain/json-reading.ts';
export { parseInstance } from './domain/parse-instance.ts';
export { makeRandom, type Random } from './domain/seeded-random.ts';
export { valueStock, type ExpectedOrders } from './domain/outlook/value-stock.ts';
export { stockPricesFrom, type StockPrices } from './domain/stock-prices.ts';
export { InstanceSolver, solveInstance, type SolveOptions } from './domain/solve-instance.ts';
export { tableOf, type Table } from './domain/table.ts';
export { canonicalJson } from './domain/canonical-json.ts';
export { checkDecision } from './domain/checking/check-decision.ts';
export type { DecisionFault } from './domain/checking/known-plan.ts';
export { decideOrder } from './domain/decide-order.ts';
export type {
  DecisionInputs,
  ItemFacts,
  OfferedNode,
  OrderToSource,
  StockOnOffer,
} from './domain/decision-inputs.ts';
export type { Decision, DecisionRecord } from './domain/decision-record.ts';
export { milesBetween } from './domain/geography.ts';
export type { Reason } from './domain/strategy/evaluate-rules.ts';
export { checkStrategy } from './domain/strategy/check-strategy.ts';
export type { StrategyFault } from './domain/strategy/strategy-fault.ts';
export { compareStrategies, type StrategyChange } from './domain/strategy/compare-strategies.ts';
export { DEFAULT_STRATEGY } from './domain/strategy/default-strategy.ts';
export { rulesOf } from './domain/strategy/stages.ts';
export type { Rule, Strategy } from './domain/strategy/strategy.ts';
export { DEFAULT_TARIFF } from './domain/tariff.ts';
export { whyNot, type Change, type WhyNot } from './domain/why-not.ts';
