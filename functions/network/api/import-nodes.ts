import { importNodes } from '../../../shared/contracts/network/routes.ts';
import { readNodeRows } from '../../../shared/network/adapters/csv-rows.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(importNodes, async ({ body, query }) => {
  const rows = readNodeRows(body);
  if (!rows.ok) return problemReply('unprocessable', rows.refusal);
  return reply(200, await deps.importNodes()({ rows: rows.value, dryRun: query.dryRun }));
});
