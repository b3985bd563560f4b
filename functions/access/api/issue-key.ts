import { issueKey } from '../../../shared/contracts/access/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(issueKey, async ({ body: { label, ...grant } }) =>
  reply(201, await deps.issueKey()({ label, grant })),
);
