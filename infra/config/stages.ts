import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Everything in which one deployment differs from another. What is not here is the same everywhere. */
export type Stage = {
  readonly name: 'local' | 'dev' | 'prod';
  /** Tables, bus and secrets outlive a deleted stack and refuse to be deleted. */
  readonly keepsState: boolean;
  readonly logRetention: RetentionDays;
  readonly logLevel: 'DEBUG' | 'INFO' | 'WARN';
  /** X-Ray for functions. There is no daemon on the local cloud. */
  readonly isTraced: boolean;
  /** Days of events kept for replay; undefined where CloudFormation has no archives (MiniStack 1.5.33). */
  readonly archiveDays: number | undefined;
  /** Requests a second, and the burst above it, before the HTTP API answers 429. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** Who is mailed by an alarm; undefined: whoever subscribes to the topic. */
  readonly alarmMail: string | undefined;
  /** Fixes the id of the HTTP API where the cloud allows it, so that its address survives a redeployment. */
  readonly apiId: string | undefined;
  /** How long events and facts are collected before they are worked off together: an order takes seven such steps. */
  readonly batchingWindow: Duration;
  /** How long stock changes are collected before a channel is told. Longer is cheaper, and staler. */
  readonly availabilityWindow: Duration;
  /** How long decisions are collected before they are sampled together: nobody waits for it. */
  readonly samplingWindow: Duration;
  /**
   * How often the books of stock are proven, in hours, and in how many runs every movement has been added up. More
   * shares make a run cheaper and find a broken history later; everything else is proven in every run.
   */
  readonly proof: { readonly everyHours: number; readonly historyShares: number };
};

const stages: Readonly<Record<Stage['name'], Stage>> = {
  local: {
    name: 'local',
    keepsState: false,
    logRetention: RetentionDays.ONE_DAY,
    logLevel: 'INFO',
    isTraced: false,
    archiveDays: undefined,
    throttle: { rateLimit: 10_000, burstLimit: 5_000 },
    alarmMail: undefined,
    apiId: 'switchyard',
    batchingWindow: Duration.seconds(1),
    availabilityWindow: Duration.seconds(2),
    samplingWindow: Duration.seconds(30),
    proof: { everyHours: 1, historyShares: 1 },
  },
  dev: {
    name: 'dev',
    keepsState: false,
    logRetention: RetentionDays.ONE_WEEK,
    logLevel: 'DEBUG',
    isTraced: true,
    archiveDays: 3,
    throttle: { rateLimit: 50, burstLimit: 100 },
    alarmMail: undefined,
    apiId: undefined,
    batchingWindow: Duration.seconds(1),
    availabilityWindow: Duration.seconds(10),
    samplingWindow: Duration.minutes(1),
    proof: { everyHours: 6, historyShares: 4 },
  },
  prod: {
    name: 'prod',
    keepsState: true,
    logRetention: RetentionDays.THREE_MONTHS,
    logLevel: 'INFO',
    isTraced: true,
    archiveDays: 30,
    throttle: { rateLimit: 1_000, burstLimit: 2_000 },
    alarmMail: undefined,
    apiId: undefined,
    batchingWindow: Duration.seconds(1),
    availabilityWindow: Duration.seconds(10),
    samplingWindow: Duration.minutes(5),
    proof: { everyHours: 6, historyShares: 4 },
  },
};

const isStageName = (name: unknown): name is Stage['name'] => typeof name === 'string' && name in stages;

/** The stage of that name (`cdk deploy --context stage=prod`). Throws when there is none. */
export const stageNamed = (name: unknown): Stage => {
  if (!isStageName(name)) {
    throw new Error(`no stage "${String(name)}"; there are: ${Object.keys(stages).join(', ')}`);
  }
  return stages[name];
};
