import { importDemandRates } from '../../../shared/contracts/sourcing/routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { problemReply } from '../../../shared/platform/http/problem-reply.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { readDemandRateRows } from '../../../shared/sourcing/adapters/csv-demand-rates.ts';
import { deps } from '../deps.ts';

export const handler = apiHandler(importDemandRates, async ({ body, query }) => {
  const rows = readDemandRateRows(body);
  if (!rows.ok) return problemReply('unprocessable', rows.refusal);
  return reply(200, await deps.importDemandRates()({ rows: rows.value, dryRun: query.dryRun }));
});
