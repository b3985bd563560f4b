/** What infra puts in place of `${Name}` in prove-books.asl.json: ARNs of functions (paths below functions/), URLs of queues. */
export const bindings = {
  type: 'STANDARD',
  functions: {
    ReadStretch: 'inventory/tasks/read-stretch',
    JudgePart: 'inventory/tasks/judge-part',
    ConcludeProof: 'inventory/tasks/conclude-proof',
  },
  queues: ['ExceptionQueueUrl'],
} as const;
