/** What infra puts in place of `${Name}` in route-order.asl.json: ARNs of functions (paths below functions/), URLs of queues. */
export const bindings = {
  type: 'EXPRESS',
  functions: {
    ScreenOrder: 'orders/tasks/screen-order',
    ChooseNodes: 'sourcing/tasks/choose-nodes',
    ReservePlan: 'inventory/tasks/reserve-plan',
    RecordRouting: 'orders/tasks/record-routing',
    ReopenBackorders: 'orders/tasks/reopen-backorders',
    ReleaseReservation: 'inventory/tasks/release-reservation',
  },
  queues: ['ExceptionQueueUrl'],
} as const;
