import { streamHandler } from '../../../shared/platform/lambda/stream-handler.ts';
import { booksDeps } from '../books.deps.ts';

export const handler = streamHandler((changes) => booksDeps.publishFacts()(changes));
