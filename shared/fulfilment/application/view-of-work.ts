import type { FulfilmentOrderView } from '../../contracts/fulfilment/routes.ts';
import { shippedQuantity, type FulfilmentOrder } from '../domain/fulfilment-order.ts';

/** The work as the API shows it, and as nodes are told of it. */
export const viewOfWork = (work: FulfilmentOrder): FulfilmentOrderView => {
  const { state, shipTo, shippingService } = work;
  return {
    fulfilmentOrderId: work.fulfilmentOrderId,
    orderId: work.orderId,
    nodeId: work.nodeId,
    status: state.status,
    version: work.version,
    requestedAt: work.requestedAt,
    updatedAt: work.updatedAt,
    lines: work.lines.map((line) => ({ ...line, shipped: shippedQuantity(work, line.lineId) })),
    ...(shipTo === undefined ? {} : { shipTo }),
    ...(shippingService === undefined ? {} : { shippingService }),
    ...('reason' in state ? { reason: state.reason } : {}),
    ...('tracking' in state && state.tracking !== undefined ? { tracking: state.tracking } : {}),
  };
};
