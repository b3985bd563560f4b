import { randomUUID } from 'node:crypto';
import { InvalidArgumentError, type Command } from 'commander';
import type { BasketReservation } from '../api-types.ts';
import { examples } from '../examples.ts';
import { formatMoment } from '../format-values.ts';
import { formatTable, plain, type Output } from '../output.ts';
import { positiveInteger } from '../parse-options.ts';
import { openSession } from '../session.ts';

type Wish = { readonly sku: string; readonly quantity: number; readonly nodeIds: readonly string[] };

/** `SKU:QUANTITY@NODE[,NODE...]`: a SKU may hold colons and at signs, a node may not. */
const wishFrom = (text: string, before: readonly Wish[] = []): readonly Wish[] => {
  const [, sku, quantity, nodes] = /^(.+):([1-9]\d{0,6})@([A-Za-z0-9_,-]+)$/.exec(text) ?? [];
  if (sku === undefined || nodes === undefined)
    throw new InvalidArgumentError('say SKU:QUANTITY@NODE, or more nodes with commas between, the preferred one first.'); // prettier-ignore
  return [...before, { sku, quantity: Number(quantity), nodeIds: nodes.split(',') }];
};

const untilWhen = ({ status, expiresAt, orderId }: BasketReservation): string => {
  if (status === 'held' && expiresAt !== undefined) return `held until ${formatMoment(expiresAt)}`;
  if (status === 'bound') return `kept for order ${plain(orderId ?? '')}`;
  return status === 'replaced' ? `exchanged for the allocation of order ${plain(orderId ?? '')}` : status;
};

const render = (out: Output, reservation: BasketReservation): void => {
  if (out.json) return out.document(reservation);
  out.print(`${reservation.reservationId}: ${untilWhen(reservation)}`);
  const rows = reservation.lines.map(({ lineId, sku, nodeId, quantity }) => [
    plain(lineId),
    plain(sku),
    nodeId,
    String(quantity),
  ]);
  if (rows.length > 0) out.print(formatTable(['LINE', 'SKU', 'NODE', 'UNITS'], rows, ['UNITS']));
};

const pathOf = (id: string): string => `/v1/reservations/${encodeURIComponent(id)}`;

/** `yard reserve LINE...` */
export const registerReserve = (program: Command): void => {
  program
    .command('reserve')
    .argument('<line...>', 'SKU:QUANTITY@NODE[,NODE...]', wishFrom)
    .summary('hold stock for a basket: every line or none')
    .description(
      'Hold stock for a basket for some minutes: every line or none. Of several nodes one that has the line whole is taken, the first such, else as many as it takes.',
    )
    .option('--minutes <count>', 'how long', positiveInteger, 15)
    .option('--id <id>', 'bsk_ and a name of your own: asked twice, it is held once (otherwise drawn)')
    .addHelpText(
      'after',
      examples('reserve MUG-RED:2@DC-EAST', 'reserve MUG-RED:1@STORE-1,DC-EAST --id bsk_42'),
    ) // prettier-ignore
    .action(async (lines: readonly Wish[], options: { minutes: number; id?: string }, command: Command) => {
      const { api, out } = openSession(command);
      const reservationId = options.id ?? `bsk_${randomUUID()}`;
      const { body } = await api.call<BasketReservation>({
        method: 'POST',
        path: '/v1/reservations',
        body: { reservationId, minutes: options.minutes, lines },
        repeatable: true,
      });
      render(out, body);
    });
};

/** `yard reservation show|extend|release ID` */
export const registerReservation = (program: Command): void => {
  const reservation = program.command('reservation').summary('what a basket holds, longer or no longer');
  reservation
    .command('show')
    .argument('<id>', 'the reservation')
    .description('Show what a basket holds, and until when or for which order.')
    .addHelpText('after', examples('reservation show bsk_42'))
    .action(async (id: string, _: unknown, command: Command) => {
      const { api, out } = openSession(command);
      render(out, await api.get<BasketReservation>(pathOf(id)));
    });
  reservation
    .command('extend')
    .argument('<id>', 'the reservation')
    .description('Hold the units for so many minutes from now; it never ends earlier by that.')
    .option('--minutes <count>', 'how long', positiveInteger, 15)
    .addHelpText('after', examples('reservation extend bsk_42 --minutes 30'))
    .action(async (id: string, { minutes }: { minutes: number }, command: Command) => {
      const { api, out } = openSession(command);
      const { body } = await api.call<BasketReservation>({
        method: 'POST',
        path: `${pathOf(id)}/extension`,
        body: { minutes },
        repeatable: true,
      });
      render(out, body);
    });
  reservation
    .command('release')
    .argument('<id>', 'the reservation')
    .description('Give the units back. What is kept for an order ends with that order.')
    .addHelpText('after', examples('reservation release bsk_42'))
    .action(async (id: string, _: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const { body } = await api.call<BasketReservation>({
        method: 'DELETE',
        path: pathOf(id),
        repeatable: true,
      });
      render(out, body);
    });
};
