export { availableOf, freeOf, type Position } from './domain/position.ts';
export { isDoubtful, type OpenReservation } from './domain/audit.ts';
export { cellKey, type Cell } from './domain/cell.ts';
export type { LineQuantity, PlannedShipment } from './domain/reservation.ts';
export { makeTrialBalance, type Imbalance } from './domain/trial-balance.ts';
