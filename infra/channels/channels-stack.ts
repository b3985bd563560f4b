import type { Construct } from 'constructs';
import { stockChanged } from '../../shared/contracts/inventory/events.ts';
import { orderShipmentRecorded } from '../../shared/contracts/orders/events.ts';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

const CONNECTIONS = 'channels';

/** Sales channels: their webhooks come in and are kept, shipments and availability go out. */
export class ChannelsStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'channels', foundation);
    const { channels, orders, inventory } = this.tables;

    this.endpoint('receive-webhook').uses(channels, 'PutItem').readsSecretsIn(CONNECTIONS);
    this.endpoint('get-delivery').uses(channels, 'GetItem');
    this.endpoint('list-deliveries').uses(channels, 'Query');
    this.endpoint('put-connection').uses(channels, 'PutItem').writesSecretsIn(CONNECTIONS);

    this.streamConsumer('translate-deliveries', {
      entity: 'delivery',
      changes: ['INSERT'],
      impact: 'Accepted webhooks do not become orders: customers have paid and nothing happens.',
      runbook: 'webhooks-do-not-become-orders',
    })
      .uses(channels, 'Query', 'PutItem')
      .uses(orders, 'Query', 'GetItem', 'PutItem', 'DeleteItem');

    this.consumer('tell-shipment', {
      of: [orderShipmentRecorded],
      impact: 'Goods are under way, but the channel and its customer are not told.',
      runbook: 'channels-are-not-told-of-shipments',
    })
      .uses(channels, 'GetItem', 'PutItem')
      .readsSecretsIn(CONNECTIONS);

    this.consumer('tell-availability', {
      of: [stockChanged],
      window: this.stage.availabilityWindow,
      batchSize: 100,
      impact: 'Channels show stock as it was: they oversell, or do not sell what there is.',
      runbook: 'channels-show-old-stock',
    })
      .uses(channels, 'Query')
      .uses(inventory, 'Query')
      .readsSecretsIn(CONNECTIONS);
  }
}
