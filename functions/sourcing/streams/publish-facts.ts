import { streamHandler } from '../../../shared/platform/lambda/stream-handler.ts';
import { deps } from '../deps.ts';

export const handler = streamHandler((changes) => deps.publishFacts()(changes));
