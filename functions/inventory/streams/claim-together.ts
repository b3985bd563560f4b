import { waitingClaimsIn } from '../../../shared/inventory/adapters/waiting-claims.ts';
import { streamHandler } from '../../../shared/platform/lambda/stream-handler.ts';
import { deps } from '../deps.ts';

export const handler = streamHandler((changes) => deps.claimTogether()(waitingClaimsIn(changes)));
