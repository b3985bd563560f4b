import type { Command } from 'commander';
import type { LastProof } from '../api-types.ts';
import { readBooks, type Books } from '../books/read-books.ts';
import { examples } from '../examples.ts';
import { NotFine } from '../failures.ts';
import { countOf } from '../format-values.ts';
import { plain, type Output } from '../output.ts';
import { openSession, type Session } from '../session.ts';
import { renderLastProof, renderProvenCell } from '../tell-books.ts';

const renderBooks = (out: Output, books: Books): void => {
  for (const cell of books.cells) renderProvenCell(out, cell);
  const inCells = new Set(books.cells.flatMap(({ violations }) => violations.map(({ subject }) => subject)));
  for (const { subject, rule, detail } of books.findings.filter((finding) => !inCells.has(finding.subject)))
    out.print(`${out.colours.red('off')}  ${plain(subject)}: ${plain(detail)} (${rule})`);
  if (books.unsettled.length > 0)
    out.print(`Changed whenever they were read, look again: ${books.unsettled.map(plain).join(', ')}`);
  const read = `${countOf(books.positionsChecked, 'position')}, ${countOf(books.movementsChecked, 'movement')}, ${countOf(books.ordersChecked, 'order')}, ${countOf(books.openReservations, 'open reservation')} of ${countOf(books.reservedUnits, 'unit')}`;
  out.print(
    books.findings.length === 0
      ? `${out.colours.green('The books balance')}: ${read}.`
      : `${countOf(books.findings.length, 'finding')} in ${read}.`,
  );
};

const showLast = async ({ api, out }: Session): Promise<void> => {
  const last = await api.get<LastProof>('/v1/books/proof');
  if (out.json) out.document(last);
  else renderLastProof(out, last);
  if (last.findings.length > 0) throw new NotFine('the books do not balance');
};

/** `yard books` */
export const registerBooks = (program: Command): void => {
  program
    .command('books')
    .summary('check the invariants over the whole store')
    .description(
      `Prove the invariants over the whole store and say what is off: every position against its movements and the open
reservations, every order's counters, and what each order counts on against what is held for it. A cell that looks off
is read by itself before it is reported, an order again, up to four times: work in flight is no error.
With --last the watchdog's last run and what it has found instead, at once.
Exit code 1: something is off.`,
    )
    .option('--last', "the watchdog's last run and its open findings")
    .addHelpText('after', examples('books', 'books --last', 'books --json'))
    .action(async ({ last = false }: { readonly last?: boolean }, command: Command) => {
      const session = openSession(command);
      if (last) return showLast(session);
      const { api, out } = session;
      const books = await readBooks(api, { onProgress: out.progress });
      out.progress('');
      const clean = books.findings.length === 0;
      if (out.json) out.document({ clean, ...books });
      else renderBooks(out, books);
      if (!clean) throw new NotFine('the books do not balance');
    });
};
