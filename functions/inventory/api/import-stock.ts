import { importStock } from '../../../shared/contracts/inventory/routes.ts';
import { readStockRows } from '../../../shared/inventory/adapters/csv-stock-rows.ts';
import { actorOf } from '../../../shared/inventory/adapters/http-mapping.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(importStock, async ({ body, query, caller }) => {
  const rows = readStockRows(body);
  if (!rows.ok) return problemReply('unprocessable', rows.refusal);
  const command = { key: query.key, rows: rows.value, dryRun: query.dryRun, actor: actorOf(caller) };
  return reply(200, await deps.importStock()(command));
});
