import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Resync } from '../../../shared/contracts/channels/publication.ts';
import type { PageOf } from '../api-types.ts';
import { examples } from '../examples.ts';
import { NotFine } from '../failures.ts';
import { countOf } from '../format-values.ts';
import { openSession, type Session } from '../session.ts';
import { shop, shopPath, type Shop } from '../shop-argument.ts';

const POLL_MS = 1_000;

const whenDone = async ({ api, out }: Session, path: string, begun: Resync): Promise<Resync> => {
  for (let resync = begun; ; await wait(POLL_MS)) {
    if (resync.status === 'done') return resync;
    out.progress(`${countOf(resync.compared, 'SKU')} compared, ${resync.repaired} repaired`);
    const { items } = await api.get<PageOf<Resync>>(path, { limit: 20 });
    resync = items.find(({ resyncId }) => resyncId === begun.resyncId) ?? resync;
  }
};

/** `yard resync CHANNEL/CONNECTION` */
export const registerResync = (program: Command): void => {
  program
    .command('resync')
    .argument('<shop>', 'CHANNEL/CONNECTION', shop)
    .summary('compare what a shop shows with our stock, and put it right')
    .description(
      'Compare every SKU with what a shop shows, put right what differs, and say how many. Changes of the day go before it; ends with 1 when the shop refused some.',
    )
    .option('--no-wait', 'begin it and do not wait for its end')
    .addHelpText('after', examples('resync shopify/main', 'resync woocommerce/eu --no-wait'))
    .action(async (of: Shop, { wait: waits }: { readonly wait: boolean }, command: Command) => {
      const session = openSession(command);
      const { api, out } = session;
      const path = `${shopPath(of)}/availability-resyncs`;
      const { body: begun } = await api.call<Resync>({ method: 'POST', path, repeatable: true });
      const resync = waits ? await whenDone(session, path, begun) : begun;
      out.progress('');
      if (out.json) out.document(resync);
      else if (resync.status === 'running') out.print(`resync ${resync.resyncId} is under way`);
      else
        out.print(
          `${countOf(resync.compared, 'SKU')} compared, ${resync.repaired} repaired, ${resync.refused} refused`,
        );
      if (resync.refused > 0) throw new NotFine('the shop refused some figures');
    });
};
