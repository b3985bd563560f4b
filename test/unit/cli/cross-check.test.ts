import * as fc from 'fast-check';
import type { OrdersAudit, StockAudit } from '../../../console/cli/api-types.ts';
import { crossCheck, lastingFindings, type Books } from '../../../console/cli/books/cross-check.ts';
import { readBooks } from '../../../console/cli/books/read-books.ts';
import { fakeApi } from '../../support/cli/fake-api.ts';

type Claim = {
  readonly reservationId: string;
  readonly sku: string;
  readonly nodeId: string;
  readonly quantity: number;
};

const stockOf = (claims: readonly Claim[], counted: readonly Claim[] = claims): StockAudit => {
  const cells = new Map<string, { sku: string; nodeId: string; onHand: number; reserved: number }>();
  for (const { sku, nodeId, quantity } of counted) {
    const cell = cells.get(`${sku} ${nodeId}`) ?? { sku, nodeId, onHand: 99, reserved: 0 };
    cells.set(`${sku} ${nodeId}`, { ...cell, reserved: cell.reserved + quantity });
  }
  return {
    positionsChecked: cells.size,
    violations: [],
    positions: [...cells.values()],
    openReservations: claims,
  };
};
const ordersOf = (claims: readonly Claim[]): OrdersAudit => ({
  ordersChecked: 1,
  violations: [],
  reserved: claims.map(({ reservationId, ...cell }) => ({
    fulfilmentOrderId: `${reservationId}.${cell.nodeId}`,
    ...cell,
  })),
});
const claim: Claim = { reservationId: 'ord_1.1', sku: 'A', nodeId: 'DC', quantity: 2 };
const claims = fc.array(
  fc.record({
    reservationId: fc.constantFrom('ord_1.1', 'ord_1.2', 'ord_2.1'),
    sku: fc.constantFrom('A', 'B'),
    nodeId: fc.constantFrom('DC', 'ST'),
    quantity: fc.integer({ min: 1, max: 9 }),
  }),
  { maxLength: 12 },
);

describe('the books', () => {
  it('balance when counters, reservations and orders say the same, wherever the pages are cut', () => {
    fc.assert(
      fc.property(claims, fc.nat(12), (all, cut) => {
        const orders = [ordersOf(all.slice(0, cut)), ordersOf(all.slice(cut))];
        expect(crossCheck([stockOf(all)], orders).findings).toEqual([]);
      }),
    );
  });

  it('find any single reservation that is missing on one side', () => {
    fc.assert(
      fc.property(
        claims.filter(({ length }) => length > 0),
        fc.nat(),
        (all, at) => {
          const fewer = all.filter((_, index) => index !== at % all.length);
          expect(crossCheck([stockOf(fewer, all)], [ordersOf(fewer)]).findings.length).toBe(1);
          expect(crossCheck([stockOf(all)], [ordersOf(fewer)]).findings.length).toBe(1);
        },
      ),
    );
  });

  it('say which counter is off and by what', () => {
    const { findings } = crossCheck(
      [stockOf([claim], [claim, { ...claim, quantity: 3 }])],
      [ordersOf([claim])],
    );
    expect(findings).toEqual([
      {
        rule: 'reserved equals the open reservations',
        subject: 'A at DC',
        detail: 'the counter says 5 reserved, the open reservations add up to 2',
      },
    ]);
  });

  it('say which order counts on units that nobody holds for it', () => {
    const { findings } = crossCheck([stockOf([])], [ordersOf([claim])]);
    expect(findings).toEqual([
      {
        rule: 'an order holds what is reserved for it',
        subject: 'ord_1.1.DC',
        detail: 'the order counts on 2 of A at DC, the stock holds 0 for it',
      },
    ]);
  });

  it('hand on what the pages themselves found', () => {
    const violation = { subject: 'A at DC', rule: 'reserved is not negative', detail: 'reserved is -1' };
    expect(crossCheck([{ ...stockOf([]), violations: [violation] }], []).findings).toEqual([violation]);
  });
});

describe('several readings of the books', () => {
  const withFinding = (...details: string[]): Books => ({
    ...crossCheck([], []),
    findings: details.map((detail) => ({ rule: 'r', subject: 's', detail })),
  });

  it('accuse only of what all of them say', () => {
    expect(lastingFindings([withFinding('a', 'b'), withFinding('b', 'c')])).toEqual([
      { rule: 'r', subject: 's', detail: 'b' },
    ]);
  });

  it('end as soon as nothing lasts', async () => {
    let readings = 0;
    const { api } = fakeApi(({ path }) => {
      if (path === '/v1/books/stock') return { body: stockOf([claim]) };
      readings += 1;
      return { body: ordersOf(readings === 1 ? [] : [claim]) };
    });
    const books = await readBooks(api, { pauses: [0, 0, 0] });
    expect(books).toMatchObject({ findings: [], readings: 2, openReservations: 1, reservedUnits: 2 });
  });
});
