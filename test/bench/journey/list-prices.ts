/**
 * What AWS asks, USD: list prices of us-east-1 as published on the pricing pages of the services, without free tiers,
 * savings plans and support. The only place that knows a price; everything else counts.
 */
export const LIST_PRICES = {
  region: 'us-east-1',
  date: '2026-11-23',
  source: 'https://aws.amazon.com/<service>/pricing/',
  /** One billed unit of each kind. */
  unit: {
    /** HTTP API request, up to 512 KiB. */
    'http-api': 1.0e-6,
    /** Lambda invocation; its time is below. */
    lambda: 0.2e-6,
    /** On-demand write request unit: 1 KiB, twice that in a transaction. */
    'dynamodb-write': 0.625e-6,
    /** On-demand read request unit: 4 KiB strongly, 8 KiB eventually consistent. */
    'dynamodb-read': 0.125e-6,
    /** SQS request on a standard queue, up to ten messages and 64 KiB. */
    sqs: 0.4e-6,
    /** Custom event put on a bus, each 64 KiB. */
    events: 1.0e-6,
    /** State transition of a Standard workflow. */
    'states-standard': 25e-6,
    /** Run of an Express workflow; its time is below. */
    'states-express': 1.0e-6,
    secretsmanager: 5e-6,
  },
  /** Services whose requests cost nothing: starting and answering executions is paid by transitions and runs. */
  free: ['states'],
  /** Lambda on arm64, GB-second. */
  lambdaGbSecond: 1.33334e-5,
  /** Express workflow, GB-second, of at least 64 MB. */
  expressGbSecond: 1.667e-5,
  /** Log ingestion, GB: context, not in the goal. */
  logGb: 0.5,
} as const;

export type BilledKind = keyof typeof LIST_PRICES.unit;
