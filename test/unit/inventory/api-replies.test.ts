import * as z from 'zod';
import { holdReservation } from '../../../shared/contracts/inventory/reservation-routes.ts';
import { stockPosition } from '../../../shared/contracts/inventory/routes.ts';
import { holdCommandFrom } from '../../../shared/inventory/adapters/basket-replies.ts';
import { positionReply, stockReply } from '../../../shared/inventory/adapters/http-mapping.ts';
import { emptyPosition, type Position } from '../../../shared/inventory/domain/position.ts';
import { aCell } from '../../support/inventory/builders.ts';

const mug = aCell('MUG', 'DC');
const position: Position = {
  ...emptyPosition(mug),
  onHand: 5,
  reserved: 3,
  soft: [{ until: '2026-11-25T10:00:00.000Z', units: 2 }],
  lapsedTo: '2026-11-25T09:00:00.000Z',
};

describe('a position over the API', () => {
  it('is what the API document says, and nothing of how it is kept', () => {
    const told = { ...emptyPosition(mug), onHand: 5, reserved: 3, softReserved: 2, available: 2 };
    const answer = positionReply({ ok: true, value: position });
    expect(answer.body).toEqual(told);
    expect(z.strictObject(stockPosition.shape).safeParse(answer.body).success).toBe(true);
    const total = { onHand: 5, reserved: 3, available: 2 };
    const stock = { positions: [{ ...position, available: 2, softReserved: 2 }], total };
    expect(stockReply(mug.sku, stock).body).toEqual({ sku: 'MUG', positions: [told], total });
    expect(stockReply(mug.sku, { positions: [], total }).status).toBe(404);
  });
});

describe('the lines of a basket', () => {
  const wish = (line: Record<string, unknown>) =>
    holdReservation.body.safeParse({ reservationId: 'bsk_1', minutes: 5, lines: [{ sku: 'MUG', quantity: 1, ...line }] }); // prettier-ignore
  const reasons = (line: Record<string, unknown>) => wish(line).error?.issues.map(({ message }) => message);

  it('name a node, or the nodes that may hold them', () => {
    for (const line of [{ nodeId: 'DC' }, { nodeIds: ['DC'] }]) {
      const parsed = wish(line);
      expect(parsed.success && holdCommandFrom(parsed.data).lines).toMatchObject([
        { lineId: '1', sku: 'MUG', quantity: 1, nodeIds: ['DC'] },
      ]);
    }
  });

  it('are refused with what is wrong with them', () => {
    const both = 'names its node (nodeId), or the nodes that may hold it (nodeIds)';
    expect([reasons({}), reasons({ nodeId: 'DC', nodeIds: ['DC'] })]).toEqual([[both], [both]]);
    expect(reasons({ nodeId: 'DC', quantity: 1.5 })?.join()).toContain('expected int');
  });
});
