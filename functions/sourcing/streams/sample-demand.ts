import { streamHandler } from '../../../shared/platform/lambda/stream-handler.ts';
import { samplesIn } from '../../../shared/sourcing/adapters/dynamo-demand-samples.ts';
import { deps } from '../deps.ts';

export const handler = streamHandler((changes) => deps.samples().keep(samplesIn(changes)));
