/** What infra puts in place of `${Name}` in fulfil-order.asl.json: ARNs of functions (paths below functions/), URLs of queues. */
export const bindings = {
  type: 'STANDARD',
  functions: {
    AskNode: 'fulfilment/tasks/ask-node',
    AwaitShipment: 'fulfilment/tasks/await-shipment',
    RecordSilence: 'fulfilment/tasks/record-silence',
    BookShipment: 'inventory/tasks/book-shipment',
    ReleaseReservation: 'inventory/tasks/release-reservation',
  },
  queues: ['ExceptionQueueUrl'],
} as const;
