export { availableOf, freeOf, type Position } from './domain/position.ts';
export { cellKey, type Cell } from './domain/cell.ts';
export type { LineQuantity, PlannedShipment } from './domain/reservation.ts';
