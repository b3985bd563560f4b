import {
  makeAcceptWork,
  makeCancelWork,
  makeRecordShipment,
} from '../../../shared/fulfilment/application/answer-work.ts';
import { makeOpenFulfilmentOrders } from '../../../shared/fulfilment/application/open-fulfilment-orders.ts';
import { makeGetWork, makeListWork } from '../../../shared/fulfilment/application/read-work.ts';
import {
  makeAskNode,
  makeAwaitShipment,
  makeRecordSilence,
  makeResumeWorkflow,
} from '../../../shared/fulfilment/application/run-workflow.ts';
import { makeTellCancellation } from '../../../shared/fulfilment/application/tell-cancellation.ts';
import { reservationId } from '../../../shared/contracts/scalars.ts';
import {
  fulfilOrderInput,
  workAnswer,
  type FulfilOrderInput,
} from '../../../shared/contracts/fulfilment/tasks.ts';
import type { NodeId } from '../../../shared/kernel/ids.ts';
import { aLine, AT, DC_EAST, ORDER, STORE_5, workIdAt } from '../../support/fulfilment/builders.ts';
import { makeMemoryFulfilment } from '../../support/fulfilment/memory-fulfilment.ts';

const POLLED: NodeId = STORE_5;
const operator = { by: 'operator' } as const;
const at = (nodeId: NodeId, quantity = 2) => ({
  fulfilmentOrderId: workIdAt(nodeId),
  nodeId,
  lines: [aLine('1', quantity)],
});

const world = () => {
  const store = makeMemoryFulfilment();
  const started: FulfilOrderInput[] = [];
  const told: string[] = [];
  const answers: { token: string; answer: unknown }[] = [];
  const now = () => AT;
  const places = {
    findNode: async (nodeId: NodeId) => ({
      acceptWithinMinutes: 60,
      shipWithinMinutes: 600,
      ...(nodeId === POLLED ? {} : { endpoint: `https://nodes.example.com/${nodeId}` }),
    }),
  };
  const open = makeOpenFulfilmentOrders({
    store,
    places,
    destinations: { findDestination: async () => ({ shipTo: { city: 'Columbus' } }) },
    workflows: { start: async (input) => void started.push(input) },
    now,
  });
  const resume = makeResumeWorkflow({
    workflows: {
      answer: async (token, answer) => void answers.push({ token, answer: workAnswer.parse(answer) }),
    },
  });
  return {
    store,
    started,
    told,
    answers,
    open: () =>
      open({
        orderId: ORDER,
        reservationId: reservationId.parse(`${ORDER}.1`),
        shipments: [at(DC_EAST), at(POLLED)],
      }),
    tellCancellation: makeTellCancellation({
      store,
      places,
      notifier: { tell: async (endpoint, work) => void told.push(`${endpoint} ${work.state.status}`) },
    }),
    ask: makeAskNode({ store, places, notifier: { tell: async (endpoint) => void told.push(endpoint) } }),
    awaitShipment: makeAwaitShipment({ store }),
    silence: makeRecordSilence({ store, now }),
    accept: makeAcceptWork({ store, now }),
    ship: makeRecordShipment({ store, now }),
    cancel: makeCancelWork({ store, now }),
    /** Lets the table's stream run, every change as often as `times`. */
    runStream: async (times = 1) => {
      for (const change of store.changes) for (let time = 0; time < times; time += 1) await resume(change);
    },
  };
};
const east = { fulfilmentOrderId: workIdAt(DC_EAST) };

describe('opening the fulfilment orders of a routing', () => {
  it('makes one for each shipment and starts its workflow with the deadlines of its node', async () => {
    const { open, started, store } = world();
    await open();

    expect((await store.listByOrder(ORDER)).map((work) => work.nodeId)).toEqual([DC_EAST, POLLED]);
    expect(started.map((input) => fulfilOrderInput.parse(input))).toHaveLength(2);
    expect(started[0]).toMatchObject({ ...east, acceptSeconds: 3_600, shipSeconds: 36_000 });
  });

  it('has one effect when the event comes twice', async () => {
    const { open, store } = world();
    await open();
    await open();

    expect(store.facts.map((fact) => fact.detailType)).toEqual([
      'FulfilmentOrderRequested.v1',
      'FulfilmentOrderRequested.v1',
    ]);
  });

  it('says nothing of the address on the bus', async () => {
    const { open, store } = world();
    await open();

    expect(JSON.stringify(store.facts)).not.toContain('Columbus');
  });
});

describe('the callback of a workflow', () => {
  it('is answered when the node accepts, and again when it ships', async () => {
    const { open, ask, accept, awaitShipment, ship, runStream, answers } = world();
    await open();
    await ask({ ...east, taskToken: 't-1' });
    await accept({ ...east, answerer: operator });
    await awaitShipment({ ...east, taskToken: 't-2' });
    await ship({ ...east, answerer: operator, shipment: { lines: [aLine('1', 1)] } });
    await runStream();

    expect(answers).toEqual([
      { token: 't-1', answer: { answer: 'accepted' } },
      { token: 't-2', answer: { answer: 'shipped', shipped: [aLine('1', 1)], short: [aLine('1', 1)] } },
    ]);
  });

  it('is answered at once when the node was quicker than the workflow', async () => {
    const { open, ask, ship, runStream, answers, told } = world();
    await open();
    await ship({ ...east, answerer: operator, shipment: { lines: [aLine('1', 2)] } });
    await ask({ ...east, taskToken: 't-1' });
    await runStream();

    expect(answers).toEqual([
      { token: 't-1', answer: { answer: 'shipped', shipped: [aLine('1', 2)], short: [] } },
    ]);
    expect(told).toEqual([]);
  });

  it('is not answered while there is nothing new to say', async () => {
    const { open, ask, accept, awaitShipment, runStream, answers } = world();
    await open();
    await accept({ ...east, answerer: operator });
    await awaitShipment({ ...east, taskToken: 't-2' });
    await ask({ fulfilmentOrderId: workIdAt(POLLED), taskToken: 't-3' });
    await runStream();

    expect(answers).toEqual([]);
  });

  it('gets the same answer however often the stream delivers', async () => {
    const { open, ask, accept, runStream, answers } = world();
    await open();
    await ask({ ...east, taskToken: 't-1' });
    await accept({ ...east, answerer: operator });
    await runStream(2);

    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  it('for work that does not exist is a fault', async () => {
    const { ask } = world();

    await expect(ask({ ...east, taskToken: 't-1' })).rejects.toThrow('no fulfilment order');
  });
});

describe('asking a node', () => {
  it('tells a node with an endpoint, and leaves one that polls alone', async () => {
    const { open, ask, told } = world();
    await open();
    await ask({ ...east, taskToken: 't-1' });
    await ask({ fulfilmentOrderId: workIdAt(POLLED), taskToken: 't-2' });

    expect(told).toEqual([`https://nodes.example.com/${DC_EAST}`]);
  });

  it('leaves the callback even when the node cannot be told', async () => {
    const { open, store, accept, runStream, answers } = world();
    await open();
    const ask = makeAskNode({
      store,
      places: {
        findNode: async () => ({ acceptWithinMinutes: 1, shipWithinMinutes: 1, endpoint: 'https://down' }),
      },
      notifier: { tell: () => Promise.reject(new Error('unreachable')) },
    });

    await expect(ask({ ...east, taskToken: 't-1' })).rejects.toThrow('unreachable');
    await accept({ ...east, answerer: operator });
    await runStream();
    expect(answers).toEqual([{ token: 't-1', answer: { answer: 'accepted' } }]);
  });
});

describe('recording silence', () => {
  it('rejects, and tells the workflow so', async () => {
    const { open, silence, store } = world();
    await open();

    expect(await silence({ ...east, awaited: 'answer' })).toEqual({ answer: 'rejected', reason: 'silence' });
    expect(store.facts.at(-1)).toMatchObject({
      detailType: 'FulfilmentOrderRejected.v1',
      data: { reason: 'silence', lines: [aLine('1', 2)] },
    });
  });

  it('done twice rejects once', async () => {
    const { open, silence, store } = world();
    await open();
    await silence({ ...east, awaited: 'answer' });
    const stated = store.facts.length;

    expect(await silence({ ...east, awaited: 'answer' })).toEqual({ answer: 'rejected', reason: 'silence' });
    expect(store.facts).toHaveLength(stated);
  });

  it('gives way to an acceptance in the last instant', async () => {
    const { open, accept, silence } = world();
    await open();
    await accept({ ...east, answerer: operator });

    expect(await silence({ ...east, awaited: 'answer' })).toEqual({ answer: 'accepted' });
  });
});

describe('calling work off', () => {
  it('calls off what has not shipped and leaves the rest', async () => {
    const { open, ship, cancel, store } = world();
    await open();
    await ship({ ...east, answerer: operator, shipment: { lines: [aLine('1', 2)] } });
    await cancel([workIdAt(DC_EAST), workIdAt(POLLED)]);

    expect((await store.listByOrder(ORDER)).map((work) => work.status)).toEqual(['shipped', 'cancelled']);
  });

  it('comes again for work that is not there yet, having called off what is', async () => {
    const { open, cancel, store } = world();
    await open();

    await expect(cancel([workIdAt('DC-WEST'), workIdAt(DC_EAST)])).rejects.toThrow('noSuchWork');
    expect((await store.find(workIdAt(DC_EAST)))?.state.status).toBe('cancelled');
  });
});

describe('telling of a cancellation', () => {
  it('reaches a node with an endpoint, and no other', async () => {
    const { open, cancel, tellCancellation, told } = world();
    await open();
    await cancel([workIdAt(DC_EAST), workIdAt(POLLED)]);
    for (const id of [workIdAt(DC_EAST), workIdAt(POLLED)]) await tellCancellation(id);

    expect(told).toEqual([`https://nodes.example.com/${DC_EAST} cancelled`]);
  });

  it('says nothing of work that is not called off, or not there', async () => {
    const { open, tellCancellation, told } = world();
    await open();
    for (const id of [workIdAt(DC_EAST), workIdAt('DC-WEST')]) await tellCancellation(id);

    expect(told).toEqual([]);
  });
});

describe('two decisions at once', () => {
  it('end in one of them', async () => {
    const { open, accept, cancel, store } = world();
    await open();
    await Promise.allSettled([accept({ ...east, answerer: operator }), cancel([workIdAt(DC_EAST)])]);

    expect((await store.find(workIdAt(DC_EAST)))?.state.status).toBe('cancelled');
  });

  it('are refused as busy when others are always faster', async () => {
    const { open, store } = world();
    await open();
    const accept = makeAcceptWork({ store: { ...store, save: async () => 'overtaken' }, now: () => AT });

    expect(await accept({ ...east, answerer: operator })).toEqual({ ok: false, refusal: { type: 'busy' } });
  });
});

describe('reading work', () => {
  it('shows a node its own work and no other', async () => {
    const { open, store } = world();
    await open();
    const get = makeGetWork({ store });
    const list = makeListWork({ queries: store });
    const reader = { by: 'node', nodeId: DC_EAST } as const;
    const page = { filter: 'open', limit: 10, cursor: undefined, reader } as const;

    expect(await get({ ...east, reader })).toMatchObject({ ok: true });
    expect(await get({ fulfilmentOrderId: workIdAt(POLLED), reader })).toMatchObject({
      refusal: { type: 'notYourWork' },
    });
    expect(await list({ ...page, nodeId: DC_EAST })).toMatchObject({ value: { items: [east] } });
    expect(await list({ ...page, nodeId: POLLED })).toMatchObject({ refusal: { type: 'notYourWork' } });
  });
});
