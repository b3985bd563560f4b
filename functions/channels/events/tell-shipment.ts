import { orderShipmentRecorded } from '../../../shared/contracts/orders/events.ts';
import { channelName } from '../../../shared/contracts/channels/routes.ts';
import { on, queueConsumer } from '../../../shared/platform/lambda/queue-consumer.ts';
import { deps } from '../deps.ts';

export const handler = queueConsumer(
  on(orderShipmentRecorded, async (shipment) => {
    const channel = channelName.safeParse(shipment.channel);
    if (channel.success) await deps.tellShipment()({ ...shipment, channel: channel.data });
  }),
);
