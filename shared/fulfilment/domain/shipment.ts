import type { LineId } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { LineQuantity, Tracking } from './fulfilment-order.ts';

export type ShipmentRefusal =
  | { readonly type: 'nothingShipped' }
  | { readonly type: 'unknownLine'; readonly lineId: LineId }
  | { readonly type: 'lineTwice'; readonly lineId: LineId }
  | { readonly type: 'moreThanAsked'; readonly lineId: LineId; readonly asked: number };

export type Shipment = { readonly shipped: readonly LineQuantity[]; readonly isComplete: boolean };

/**
 * Reads what a node says to have shipped against what it was asked for. Nothing at all is no shipment: the node
 * rejects instead, so that nobody is told of an empty parcel.
 */
export const readShipment = (
  asked: readonly LineQuantity[],
  said: readonly { readonly lineId: LineId; readonly quantity: number }[],
): Result<Shipment, ShipmentRefusal> => {
  if (said.length === 0) return refuse({ type: 'nothingShipped' });
  const quantities = new Map<LineId, number>();
  for (const { lineId, quantity } of said) {
    const line = asked.find((candidate) => candidate.lineId === lineId);
    if (line === undefined) return refuse({ type: 'unknownLine', lineId });
    if (quantities.has(lineId)) return refuse({ type: 'lineTwice', lineId });
    if (quantity > line.quantity) return refuse({ type: 'moreThanAsked', lineId, asked: line.quantity });
    quantities.set(lineId, quantity);
  }
  const shipped = asked.flatMap((line) => {
    const quantity = quantities.get(line.lineId);
    return quantity === undefined ? [] : [{ ...line, quantity }];
  });
  const isComplete = asked.every((line) => quantities.get(line.lineId) === line.quantity);
  return ok({ shipped, isComplete });
};

type Parcel = { readonly shipped: readonly LineQuantity[]; readonly tracking?: Tracking | undefined };

/** Same lines, same units, same parcel: the node repeats itself. */
export const isSameShipment = (one: Parcel, other: Parcel): boolean =>
  one.shipped.length === other.shipped.length &&
  one.shipped.every((line, at) => {
    const twin = other.shipped[at];
    return twin?.lineId === line.lineId && twin.quantity === line.quantity;
  }) &&
  one.tracking?.carrier === other.tracking?.carrier &&
  one.tracking?.number === other.tracking?.number &&
  one.tracking?.url === other.tracking?.url;
