import { dialsOf } from '../../../infra/local/partners/dials.ts';
import { makeDice } from '../../../infra/local/partners/dice.ts';
import { startPartnerServer } from '../../../infra/local/partners/partner-server.ts';
import { makeSimulatedNodes } from '../../../infra/local/partners/simulated-nodes.ts';
import { makeHttpNodeNotifier } from '../../../shared/fulfilment/adapters/http-node-notifier.ts';
import { makeWorkSigner } from '../../../shared/fulfilment/adapters/sign-work.ts';
import type { FulfilmentOrder } from '../../../shared/fulfilment/domain/fulfilment-order.ts';
import { aWork } from '../../support/fulfilment/builders.ts';

const SECRET = 'what the nodes were given';
const dice = makeDice(1);
const dials = dialsOf(0);

const calledOff = (): FulfilmentOrder => ({ ...aWork(), state: { status: 'cancelled' } });

/** Nodes behind their server, and how we tell them. */
const withNodes = async (
  use: (world: {
    readonly tell: (work: FulfilmentOrder, secret?: string) => Promise<void>;
    readonly seen: () => readonly unknown[];
  }) => Promise<void>,
): Promise<void> => {
  const nodes = makeSimulatedNodes({ url: 'http://127.0.0.1:9', dice, dials, log: () => {} });
  const server = await startPartnerServer({
    dice,
    dials,
    onWork: nodes.receive,
    onCalledOff: nodes.callOff,
    signingSecret: SECRET,
    answerChannel: () => ({}),
  });
  try {
    await use({
      tell: (work, secret = SECRET) =>
        makeHttpNodeNotifier({ sign: makeWorkSigner(async () => secret) }).tell(
          `${server.url}/nodes/${work.nodeId}/work`,
          work,
        ),
      seen: nodes.seen,
    });
  } finally {
    nodes.stop();
    await server.close();
  }
};

describe('simulated nodes', () => {
  it('take work that is signed with their secret, once', () =>
    withNodes(async ({ tell, seen }) => {
      await tell(aWork());
      await tell(aWork());

      expect(seen()).toMatchObject([{ fulfilmentOrderId: aWork().fulfilmentOrderId, nodeId: 'DC-EAST' }]);
    }));

  it('refuse work of anybody else', () =>
    withNodes(async ({ tell, seen }) => {
      await expect(tell(aWork(), 'a guess')).rejects.toThrow('answered 401');
      expect(seen()).toEqual([]);
    }));

  it('do not begin what was called off before it came', () =>
    withNodes(async ({ tell, seen }) => {
      await tell(calledOff());
      await tell(calledOff());
      await tell(aWork());

      expect(seen()).toEqual([]);
    }));
});
