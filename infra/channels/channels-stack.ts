import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stockChanged } from '../../shared/contracts/inventory/events.ts';
import { orderShipmentRecorded } from '../../shared/contracts/orders/events.ts';
import { ContextStack, type Foundation } from '../constructs/context-stack.ts';

const CONNECTIONS = 'channels';

const STALE = {
  impact: 'Channels show stock as it was: they oversell, or do not sell what there is.',
  runbook: 'channels-show-old-stock',
};

/** Sales channels: their webhooks come in and are kept, shipments and availability go out. */
export class ChannelsStack extends ContextStack {
  constructor(scope: Construct, foundation: Foundation) {
    super(scope, 'channels', foundation);
    const { channels, orders, inventory, network } = this.tables;
    // A shop's own API sets the pace: one function at a time works for it, and may have to wait.
    const publication = this.orderedConsumer('tell-availability', {
      timeout: Duration.minutes(2),
      delay: Duration.seconds(1),
      ...STALE,
    });

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

    this.consumer('queue-availability', {
      of: [stockChanged],
      window: this.stage.availabilityWindow,
      batchSize: 100,
      ...STALE,
    })
      .uses(channels, 'Query')
      .sendsTo(publication.queue, 'PUBLICATION_QUEUE_URL');

    publication.consumer
      .uses(channels, 'GetItem', 'BatchGetItem', 'Query', 'UpdateItem')
      .uses(inventory, 'Query')
      .uses(network, 'Query')
      .readsSecretsIn(CONNECTIONS)
      .sendsTo(publication.queue, 'PUBLICATION_QUEUE_URL')
      .sendsTo(publication.deadLetters, 'PUBLICATION_DEAD_LETTERS_URL');

    this.streamConsumer('queue-publications', {
      entity: ['policy', 'resync'],
      impact: 'Changed channel policies do not reach the shops, and resyncs do not begin.',
      runbook: 'channel-policies-do-not-reach-the-shops',
    })
      .uses(channels, 'Query', 'PutItem')
      .sendsTo(publication.queue, 'PUBLICATION_QUEUE_URL');

    this.schedule('resync-availability', {
      every: Duration.days(1),
      impact: 'What shops show is not compared with our stock: a figure that was altered there stays wrong.',
      runbook: 'shops-are-not-compared',
    }).uses(channels, 'Query', 'PutItem');

    this.endpoint('list-channel-policies').uses(channels, 'Query');
    this.endpoint('put-channel-policy').uses(channels, 'GetItem', 'PutItem').uses(network, 'GetItem');
    this.endpoint('delete-channel-policy').uses(channels, 'GetItem', 'PutItem');
    this.endpoint('get-channel-availability')
      .uses(channels, 'GetItem', 'BatchGetItem', 'Query')
      .uses(inventory, 'Query');
    this.endpoint('start-resync').uses(channels, 'Query', 'PutItem');
    this.endpoint('list-resyncs').uses(channels, 'Query');
  }
}
