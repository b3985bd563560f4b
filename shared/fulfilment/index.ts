export {
  isOpen,
  shippedQuantity,
  shortLines,
  type FulfilmentOrder,
  type LineQuantity,
  type RejectionReason,
  type Tracking,
  type WorkStatus,
} from './domain/fulfilment-order.ts';
