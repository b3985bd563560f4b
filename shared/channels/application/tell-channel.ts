import type { Instant } from '../../kernel/instant.ts';
import type { ChannelName, ConnectionRef } from '../domain/delivery.ts';
import type {
  ChannelApi,
  Connection,
  ConnectionBook,
  ShipmentNews,
  TellOutcome,
  ToldShipments,
} from './ports.ts';

/** The channel will not take the news however often it is told: for the dead-letter queue and a person. */
export class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused';
}

type Deps = {
  readonly connections: ConnectionBook;
  readonly apiOf: (channel: ChannelName) => ChannelApi;
};

const requireSaid = (ref: ConnectionRef, what: string, outcome: TellOutcome): void => {
  if (outcome.type === 'refused')
    throw new ChannelRefused(`${ref.channel}/${ref.connection} refuses ${what} with ${outcome.status}`);
};

const canBeTold = (connection: Connection | undefined): connection is Connection & { apiUrl: string } =>
  connection?.apiUrl !== undefined;

/** Tells the channel of a shipment, once. Channels without an API of their own are not told. */
export const makeTellShipment =
  (deps: Deps & { readonly told: ToldShipments; readonly now: () => Instant }) =>
  async (news: ShipmentNews): Promise<void> => {
    if (await deps.told.wasTold(news.fulfilmentOrderId)) return;
    const connection = await deps.connections.find(news);
    if (!canBeTold(connection)) return;
    requireSaid(news, 'a shipment', await deps.apiOf(news.channel).tellShipment(connection, news));
    await deps.told.recordTold(news.fulfilmentOrderId, deps.now());
  };
