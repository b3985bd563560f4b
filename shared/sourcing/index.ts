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
export { stockPricesFrom, type StockPrices } from './domain/stock-prices.ts';
export { InstanceSolver, solveInstance, type SolveOptions } from './domain/solve-instance.ts';
