import type { Command } from 'commander';
import { readBooks } from '../books/read-books.ts';
import { examples } from '../examples.ts';
import { NotFine } from '../failures.ts';
import { countOf } from '../format-values.ts';
import { plain } from '../output.ts';
import { openSession } from '../session.ts';

/** `yard books` */
export const registerBooks = (program: Command): void => {
  program
    .command('books')
    .summary('check the invariants over the whole store')
    .description(
      `Check the invariants over the whole store and say what is off: the counters of every position and every order,
the open reservations against the reserved counters, and what each order counts on against what is held for it.
What looks off is read again, up to four times, before it is reported: work in flight is no error.
Exit code 1: something is off.`,
    )
    .addHelpText('after', examples('books', 'books --json'))
    .action(async (_options: unknown, command: Command) => {
      const { api, out } = openSession(command);
      const books = await readBooks(api, {
        onPage: (positions, orders) => out.progress(`${positions} positions, ${orders} orders read`),
      });
      out.progress('');
      const clean = books.findings.length === 0;
      if (out.json) out.document({ clean, ...books });
      else {
        for (const { subject, rule, detail } of books.findings)
          out.print(`${out.colours.red('off')}  ${plain(subject)}: ${plain(detail)} (${rule})`);
        const read = `${countOf(books.positionsChecked, 'position')}, ${countOf(books.ordersChecked, 'order')}, ${countOf(books.openReservations, 'open reservation')} of ${countOf(books.reservedUnits, 'unit')}`;
        out.print(
          clean
            ? `${out.colours.green('The books balance')}: ${read}.`
            : `${countOf(books.findings.length, 'finding')} in ${read}.`,
        );
      }
      if (!clean) throw new NotFine('the books do not balance');
    });
};
