import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** One logger and one metrics buffer a Lambda; names and levels come from POWERTOOLS_* in its environment. */
export const logger = new Logger();
export const metrics = new Metrics();
