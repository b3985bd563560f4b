import { getProof } from '../../../shared/contracts/inventory/books-routes.ts';
import { apiHandler } from '../../../shared/platform/http/api-handler.ts';
import { reply } from '../../../shared/platform/http/reply.ts';
import { booksDeps } from '../books.deps.ts';

export const handler = apiHandler(getProof, async () => {
  const proofs = booksDeps.proofs();
  const [run = null, findings] = await Promise.all([proofs.lastRun(), proofs.openFindings()]);
  return reply(200, { run, findings });
});
