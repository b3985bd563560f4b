import { plain } from './output.ts';

type Data = Readonly<Record<string, unknown>>;
const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string =>
  typeof value === 'string' ? plain(value) : value === undefined ? '' : plain(JSON.stringify(value));
const list = (value: unknown): readonly Data[] => (Array.isArray(value) ? value.filter(isData) : []);

const units = (lines: unknown): string =>
  list(lines)
    .map(({ quantity, sku }) => `${text(quantity)} x ${text(sku)}`)
    .join(', ');

const TELLINGS: Readonly<Record<string, (data: Data) => string>> = {
  OrderPlaced: ({ channel, channelOrderId }) => `from ${text(channel)}, its id there ${text(channelOrderId)}`,
  OrderNeedsSourcing: ({ reason, revision }) => `${text(reason)}; routing ${text(revision)} comes next`,
  OrderRouted: ({ shipments, backordered }) =>
    [
      ...list(shipments).map(({ nodeId, lines }) => `${text(nodeId)}: ${units(lines)}`),
      ...(list(backordered).length > 0 ? [`backordered: ${units(backordered)}`] : []),
    ].join('; '),
  OrderRoutingWithdrawn: ({ revision }) =>
    `routing ${text(revision)} is no longer wanted; what it holds is released`,
  OrderBasketBound: ({ basketReservationId }) => `keeps what ${text(basketReservationId)} holds`,
  OrderBasketFreed: ({ basketReservationId }) => `keeps nothing of ${text(basketReservationId)} any more`,
  OrderBackordered: ({ lines }) => units(lines),
  OrderUnitsCancelled: ({ lines }) => `waited for stock for as long as they may: ${units(lines)}`,
  OrderCancellationRequested: ({ reason }) => text(reason),
  OrderShipmentRecorded: ({ nodeId, lines, tracking }) =>
    `${text(nodeId)}: ${units(lines)}${isData(tracking) ? `, ${text(tracking['carrier'])} ${text(tracking['number'])}` : ''}`,
  OrderClosed: ({ outcome }) => text(outcome),
};

const KNOWN_FROM_CONTEXT = new Set(['orderId', 'channel', 'connection', 'channelOrderId', 'version']);

/** One fact of an order's timeline as a person would say it. Facts it has no words for are shown as they are. */
export const tellFact = (type: string, data: unknown): string => {
  if (!isData(data)) return text(data);
  const tell = TELLINGS[type.replace(/\.v\d+$/, '')];
  if (tell !== undefined) return tell(data);
  return Object.entries(data)
    .filter(([name]) => !KNOWN_FROM_CONTEXT.has(name))
    .map(([name, value]) => `${name} ${name === 'lines' ? units(value) : text(value)}`)
    .join(', ');
};
