import { Logger } from '@aws-lambda-powertools/logger';

/** One logger a Lambda; its name and level come from POWERTOOLS_* in the environment. */
export const logger = new Logger();
