import { sourcingRequest } from '../../../shared/contracts/sourcing/tasks.ts';
import { lineId } from '../../../shared/contracts/scalars.ts';
import { narrowRequest } from '../../../shared/sourcing/application/narrow-request.ts';

const request = sourcingRequest.parse({
  orderId: 'ord_01h9v6q0x4m8c2k7r5t3w1y9za',
  revision: 1,
  reservationId: 'ord_01h9v6q0x4m8c2k7r5t3w1y9za.1',
  orderType: 'consumer',
  shipComplete: false,
  lines: [
    { lineId: '1', sku: 'MUG', quantity: 3, keepTogether: 'gift' },
    { lineId: '2', sku: 'TEA', quantity: 2 },
  ],
  shipTo: {},
  excludedNodes: [],
});

describe('narrowing a request', () => {
  it('asks for the named units only, tied as they were', () => {
    expect(narrowRequest(request, [{ lineId: lineId.parse('1'), quantity: 1 }])).toEqual({
      ...request,
      isRemainder: true,
      lines: [{ lineId: '1', sku: 'MUG', quantity: 1, keepTogether: 'gift' }],
    });
  });
});
