import { makePublicationChanges } from '../../../shared/channels/adapters/publication-changes.ts';
import { streamHandler } from '../../../shared/platform/lambda/stream-handler.ts';
import { publication } from '../publication.deps.ts';

export const handler = streamHandler((changes) => makePublicationChanges(publication.reactions())(changes));
