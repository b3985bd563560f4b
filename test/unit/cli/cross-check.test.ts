import * as fc from 'fast-check';
import type { OrdersAudit, StockAudit } from '../../../console/cli/api-types.ts';
import { crossCheck, lastingFindings } from '../../../console/cli/books/cross-check.ts';
import { readBooks } from '../../../console/cli/books/read-books.ts';
import type { OpenReservation } from '../../../shared/inventory/index.ts';
import { fakeApi, type Asked } from '../../support/cli/fake-api.ts';
import { aBasket, aNode, aReservation, aSku } from '../../support/inventory/builders.ts';

type Claim = OpenReservation;
const aClaim = (number: number, sku: string, nodeId: string, quantity: number): Claim => ({
  reservationId: aReservation(number),
  sku: aSku(sku),
  nodeId: aNode(nodeId),
  quantity,
});
const NO_UNITS = { onHand: 0, reserved: 0, safetyStock: 0, quarantined: 0, inTransit: 0, ringFence: 0 };

const stockOf = (claims: readonly Claim[], counted: readonly Claim[] = claims): StockAudit => {
  const cells = new Map<string, StockAudit['positions'][number]>();
  for (const { sku, nodeId, quantity } of counted) {
    const cell = cells.get(`${sku} ${nodeId}`) ?? { ...NO_UNITS, sku, nodeId, onHand: 99 };
    cells.set(`${sku} ${nodeId}`, { ...cell, reserved: cell.reserved + quantity });
  }
  return {
    positionsChecked: cells.size,
    movementsChecked: cells.size,
    reservationsChecked: claims.length,
    violations: [],
    doubts: [],
    positions: [...cells.values()],
    movements: [...cells.values()],
    openReservations: [...claims],
    suspected: [],
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
const claim = aClaim(1, 'A', 'DC', 2);
const claims = fc.array(
  fc
    .record({
      number: fc.constantFrom(1, 2, 3),
      sku: fc.constantFrom('A', 'B'),
      nodeId: fc.constantFrom('DC', 'ST'),
      quantity: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ number, sku, nodeId, quantity }) => aClaim(number, sku, nodeId, quantity)),
  { maxLength: 12 },
);

describe('orders and stock', () => {
  it('agree on nothing of what baskets hold: no order counts on it', () => {
    expect(crossCheck([{ ...claim, reservationId: aBasket(1) }], [])).toEqual([]);
  });

  it('agree when every order holds what is reserved for it', () => {
    fc.assert(
      fc.property(claims, (all) => {
        expect(crossCheck(all, ordersOf(all).reserved)).toEqual([]);
      }),
    );
  });

  it('disagree about any single reservation that is missing on one side', () => {
    fc.assert(
      fc.property(
        claims.filter(({ length }) => length > 0),
        fc.nat(),
        (all, at) => {
          const fewer = all.filter((_, index) => index !== at % all.length);
          expect(crossCheck(fewer, ordersOf(all).reserved)).toHaveLength(1);
          expect(crossCheck(all, ordersOf(fewer).reserved)).toHaveLength(1);
        },
      ),
    );
  });

  it('say which order counts on units that nobody holds for it', () => {
    expect(crossCheck([], ordersOf([claim]).reserved)).toEqual([
      {
        rule: 'an order holds what is reserved for it',
        subject: `${claim.reservationId}.DC`,
        detail: 'the order counts on 2 of A at DC, the stock holds 0 for it',
      },
    ]);
  });

  it('accuse only of what all readings say', () => {
    const said = (...details: string[]) => details.map((detail) => ({ rule: 'r', subject: 's', detail }));
    expect(lastingFindings([said('a', 'b'), said('b', 'c')])).toEqual(said('b'));
  });
});

describe('the books', () => {
  const proof = ({ path, body }: Asked, verdict: string) => {
    const [, , , , sku = '', nodeId = ''] = path.split('/');
    const violation = { subject: `position ${nodeId}#${sku}`, rule: 'r', detail: 'd' };
    const violations = verdict === 'off' ? [violation] : [];
    expect(JSON.parse(body)).toEqual({ claims: [claim.reservationId] });
    return { body: { cell: { sku, nodeId }, verdict, violations, claims: [], lastMovements: [] } };
  };
  const booksOf = (stock: StockAudit, verdict = 'clean') => {
    const answer = (asked: Asked) => {
      if (asked.path === '/v1/books/stock') return { body: stock };
      return asked.method === 'POST' ? proof(asked, verdict) : { body: ordersOf([claim]) };
    };
    return readBooks(fakeApi(answer).api, { pauses: [] });
  };

  it('ask for nothing more when everything adds up', async () => {
    expect(await booksOf(stockOf([claim]))).toMatchObject({
      findings: [],
      positionsChecked: 1,
      reservedUnits: 2,
    });
  });

  it('believe of a cell what it is when it is read by itself', async () => {
    const torn = stockOf([claim], [claim, aClaim(2, 'A', 'DC', 3)]);
    expect(await booksOf(torn)).toMatchObject({ findings: [], cells: [], unsettled: [] });
    expect(await booksOf(torn, 'unsettled')).toMatchObject({ findings: [], unsettled: ['DC#A'] });
    expect(await booksOf(torn, 'off')).toMatchObject({
      findings: [{ subject: 'position DC#A', rule: 'r' }],
      cells: [{ verdict: 'off' }],
    });
  });

  it('hand on what breaks a rule and is no cell', async () => {
    const violation = { subject: 'reservation 1', rule: 'a claim is made or undone', detail: 'waiting' };
    const books = await booksOf({ ...stockOf([claim]), doubts: [{ violation }] });
    expect(books.findings).toEqual([violation]);
  });

  it('read again what orders and stock disagree about, until nothing of it lasts', async () => {
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
