import { answererOf, workReply } from '../../../functions/fulfilment/work-reply.ts';
import { fulfilmentOrder } from '../../../shared/contracts/fulfilment/routes.ts';
import { problem } from '../../../shared/contracts/http/problem.ts';
import { lineId } from '../../../shared/contracts/scalars.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { aWork, DC_EAST } from '../../support/fulfilment/builders.ts';

const line = lineId.parse('1');

describe('the reply about a fulfilment order', () => {
  it('is the work as the contract says it', () => {
    const reply = workReply(ok(aWork()));

    expect(reply.status).toBe(200);
    expect(fulfilmentOrder.parse(reply.body)).toEqual(reply.body);
  });

  it.each([
    [{ type: 'noSuchWork' } as const, 404],
    [{ type: 'notYourWork' } as const, 403],
    [{ type: 'contradicts', status: 'shipped' } as const, 409],
    [{ type: 'busy' } as const, 503],
    [{ type: 'nothingShipped' } as const, 422],
    [{ type: 'unknownLine', lineId: line } as const, 422],
    [{ type: 'lineTwice', lineId: line } as const, 422],
    [{ type: 'moreThanAsked', lineId: line, asked: 2 } as const, 422],
  ])('to a refusal is a problem document: %j', (refusal, status) => {
    const reply = workReply(refuse(refusal));

    expect(reply).toMatchObject({ status, contentType: 'application/problem+json' });
    expect(problem.parse(reply.body).detail).toBeDefined();
  });
});

describe('who answers', () => {
  it('is the node of a node key, and anybody for an operator', () => {
    expect(answererOf({ scope: 'node', keyId: 'k', nodeId: DC_EAST })).toEqual({
      by: 'node',
      nodeId: DC_EAST,
    });
    expect(answererOf({ scope: 'operator', keyId: 'k' })).toEqual({ by: 'operator' });
  });
});
