import {
  releaseReservationInput,
  releaseReservationOutput,
  reservePlanInput,
  reservePlanOutput,
} from '../../shared/contracts/inventory/tasks.ts';
import {
  recordRoutingInput,
  recordRoutingOutput,
  reopenBackordersInput,
  reopenBackordersOutput,
  screenOrderInput,
  screenOrderOutput,
} from '../../shared/contracts/orders/tasks.ts';
import { chooseNodesInput, sourcingPlan } from '../../shared/contracts/sourcing/tasks.ts';
import { BROKEN, runWorkflow, type Answer, type Json } from '../support/workflow/run-workflow.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';
const RESERVATION = `${ORDER}.1`;
const lines = [{ lineId: '1', sku: 'MUG-RED', quantity: 3 }];
const shipments = [{ nodeId: 'DC-EAST', lines: [{ lineId: '1', sku: 'MUG-RED', quantity: 2 }] }];
const request = {
  orderId: ORDER,
  revision: 1,
  reservationId: RESERVATION,
  orderType: 'consumer',
  channel: 'shopify',
  shipComplete: false,
  lines,
  shipTo: { country: 'US', postcode: '43004' },
  excludedNodes: [],
};

const ready: Json = { outcome: 'ready', reservationId: RESERVATION, request };
const withdrawn: Json = { outcome: 'withdrawn', reservationId: RESERVATION };
const placing = { claim: 'make', reason: null, cancelAfterDays: null, holdsCapacity: false };
const placed = { outcome: 'planned', ...placing, shipments, decisionId: 'd-1', costMinor: 995 };
const planned: Json = placed;
const nothing: Json = { outcome: 'nothing', ...placing, shipments: [], decisionId: 'd-2', costMinor: 0 };
const REASON = 'no node can ship any of it; strategy parcels version 3 says so';
const aside = (outcome: 'queued' | 'exception'): Json => ({
  outcome,
  claim: 'find',
  reason: REASON,
  cancelAfterDays: null,
  shipments: [],
  decisionId: 'd-4',
  costMinor: 0,
  holdsCapacity: false,
});
const notClaimed: Json = { outcome: 'notClaimed', shipments: [], considered: lines };
const reserved: Json = { outcome: 'reserved', shipments, considered: lines };
const lost: Json = { outcome: 'lost', cells: [{ sku: 'MUG-RED', nodeId: 'DC-EAST' }] };
const recorded: Json = { outcome: 'recorded', status: 'inFulfilment' };

const waiting = [{ lineId: '1', sku: 'MUG-RED', quantity: 1 }];
const backordered: Json = { outcome: 'backordered', status: 'inFulfilment', lines: waiting };
const found: Json = {
  outcome: 'planned',
  ...placing,
  shipments: [{ nodeId: 'DC-WEST', lines: waiting }],
  decisionId: 'd-3',
  costMinor: 400,
};

const SCREEN = 'Is the order ready to be sourced?';
const CHOOSE = 'Choose nodes for the open lines';
const RESERVE = 'Reserve stock at the chosen nodes';
const RECORD = 'Write the routing on the order';
const LOOK = 'Look once more for what waits';
const OPEN = 'Open what stock has come for';
const UNDO = 'Undo: release the reservation';
const TELL = 'Hand the order to a person';
const QUEUE = 'Put the order in the exception queue';

const run = (answers: Readonly<Record<string, readonly Answer[]>>) =>
  runWorkflow(
    'orders/route-order.asl.json',
    { orderId: ORDER, revision: 1 },
    {
      [SCREEN]: [ready],
      [CHOOSE]: [planned],
      [RESERVE]: [reserved],
      [RECORD]: [recorded],
      [LOOK]: [nothing],
      [OPEN]: [{ outcome: 'reopened' }],
      [UNDO]: [{ outcome: 'released', released: [] }],
      [QUEUE]: [{ MessageId: 'm-1' }],
      [TELL]: [{ MessageId: 'm-2' }],
      ...answers,
    },
  );

const CONTRACTS = {
  [SCREEN]: { input: screenOrderInput, answers: [screenOrderOutput, [ready, withdrawn]] },
  [CHOOSE]: {
    input: chooseNodesInput,
    answers: [sourcingPlan, [planned, nothing, aside('queued'), aside('exception')]],
  },
  [RESERVE]: { input: reservePlanInput, answers: [reservePlanOutput, [reserved, lost, notClaimed]] },
  [RECORD]: {
    input: recordRoutingInput,
    answers: [
      recordRoutingOutput,
      [recorded, backordered, ...['superseded', 'exception', 'setAside'].map((outcome) => ({ outcome }))],
    ],
  },
  [UNDO]: {
    input: releaseReservationInput,
    answers: [releaseReservationOutput, [{ outcome: 'released', released: [] }]],
  },
} as const;

describe('the contracts of the tasks of route-order', () => {
  it.each(Object.entries(CONTRACTS))('are kept by what the workflow asks: %s', async (state, { input }) => {
    const { calls } = await run({ [RECORD]: [{ outcome: 'superseded' }] });
    const asked = calls.filter((call) => call.state === state);

    expect(asked).toHaveLength(1);
    expect(asked.map((call) => input.parse(call.input))).toEqual(asked.map((call) => call.input));
  });

  it.each(Object.entries(CONTRACTS))('allow the answers of these tests: %s', (_state, { answers }) => {
    const [schema, examples] = answers;
    for (const example of examples) expect(schema.parse(example)).toEqual(example);
  });
});

describe('the workflow route-order', () => {
  it('screens, chooses, reserves and records, in this order', async () => {
    const { outcome, states, calls } = await run({});

    expect(outcome).toBe('succeeded');
    expect(calls.map((call) => call.state)).toEqual([SCREEN, CHOOSE, RESERVE, RECORD]);
    expect(states.at(-1)).toBe('Order is routed');
  });

  it('hands each task exactly what its contract asks for', async () => {
    const { calls } = await run({});

    expect(calls.map((call) => call.input)).toEqual([
      { orderId: ORDER, revision: 1 },
      { request, races: { lost: 0, held: false } },
      { request, shipments, claim: 'make' },
      {
        orderId: ORDER,
        revision: 1,
        reservationId: RESERVATION,
        claim: 'reserved',
        considered: lines,
        shipments,
        decisionId: 'd-1',
        plan: { outcome: 'planned', reason: null, cancelAfterDays: null },
      },
    ]);
  });

  it('records what is reserved, not what it has just planned', async () => {
    const earlier = [{ nodeId: 'STORE-5', lines }];
    const { calls } = await run({
      [RESERVE]: [{ outcome: 'reserved', shipments: earlier, considered: lines }],
    });

    expect(calls.at(-1)).toMatchObject({ state: RECORD, input: { shipments: earlier } });
  });

  it('asks for an earlier reservation even when no node can ship, and records the backorder', async () => {
    const { calls, states } = await run({
      [CHOOSE]: [nothing],
      [RESERVE]: [{ outcome: 'reserved', shipments: [], considered: lines }],
    });

    expect(calls.map((call) => call.state)).toEqual([SCREEN, CHOOSE, RESERVE, RECORD]);
    expect(calls.at(-1)).toMatchObject({ input: { shipments: [], considered: lines, decisionId: 'd-2' } });
    expect(states.at(-1)).toBe('Order is routed');
  });

  it.each([
    ['onHold', 'Order is on hold'],
    ['nothingToSource', 'Nothing is left to source'],
  ])('ends at once when the screening finds %s', async (finding, end) => {
    const { outcome, calls, states } = await run({ [SCREEN]: [{ outcome: finding }] });

    expect(outcome).toBe('succeeded');
    expect(calls).toHaveLength(1);
    expect(states.at(-1)).toBe(end);
  });

  it('chooses anew after a lost race', async () => {
    const { calls, states } = await run({ [RESERVE]: [lost, lost, reserved] });

    expect(calls.filter((call) => call.state === CHOOSE)).toHaveLength(3);
    expect(states.filter((state) => state === 'Wait a moment before choosing again')).toHaveLength(2);
    expect(states.at(-1)).toBe('Order is routed');
  });

  it('says, when it chooses anew, how often it has lost and whether the lost plan held capacity', async () => {
    const { calls } = await run({
      [CHOOSE]: [{ ...placed, holdsCapacity: true }, planned],
      [RESERVE]: [lost, lost, reserved],
    });
    const races = calls
      .filter((call) => call.state === CHOOSE)
      .map((call) => chooseNodesInput.parse(call.input).races);

    expect(races).toEqual([
      { lost: 0, held: false },
      { lost: 1, held: true },
      { lost: 2, held: false },
    ]);
  });

  it('gives up after eight lost races and says so in the exception queue', async () => {
    const { outcome, calls, states } = await run({ [RESERVE]: [lost] });

    expect(outcome).toBe('failed');
    expect(calls.filter((call) => call.state === RESERVE)).toHaveLength(8);
    expect(calls.at(-1)).toMatchObject({
      state: QUEUE,
      input: {
        MessageBody: { workflow: 'route-order', orderId: ORDER, revision: 1, error: 'ReservationLost' },
      },
    });
    expect(states.at(-1)).toBe('Order is in the exception queue');
  });

  it('sets an order aside for a person without a fault, and tells why', async () => {
    const { outcome, calls, states } = await run({
      [CHOOSE]: [aside('exception')],
      [RESERVE]: [notClaimed],
      [RECORD]: [{ outcome: 'exception' }],
    });

    expect(outcome).toBe('succeeded');
    expect(calls.map((call) => call.state)).toEqual([SCREEN, CHOOSE, RESERVE, RECORD, TELL]);
    expect(calls.find((call) => call.state === RESERVE)?.input).toMatchObject({
      claim: 'find',
      shipments: [],
    });
    expect(recordRoutingInput.parse(calls.find((call) => call.state === RECORD)?.input)).toMatchObject({
      claim: 'notClaimed',
      plan: { outcome: 'exception', reason: REASON },
    });
    expect(calls.at(-1)).toMatchObject({
      input: {
        MessageBody: {
          workflow: 'route-order',
          orderId: ORDER,
          revision: 1,
          error: 'NothingCanShip',
          reason: REASON,
          decisionId: 'd-4',
        },
      },
    });
    expect(states.at(-1)).toBe('Order is set aside');
  });

  it.each(['queued', 'exception'] as const)(
    'tells nobody of an order that is %s and waits already, or for no person',
    async (outcome) => {
      const { calls, states } = await run({
        [CHOOSE]: [aside(outcome)],
        [RESERVE]: [notClaimed],
        [RECORD]: [{ outcome: 'setAside' }],
      });

      expect(calls.map((call) => call.state)).toEqual([SCREEN, CHOOSE, RESERVE, RECORD]);
      expect(states.at(-1)).toBe('Order is set aside');
    },
  );

  it('records what an earlier run has reserved, although the order was to be set aside', async () => {
    const { calls, states } = await run({ [CHOOSE]: [aside('exception')], [RESERVE]: [reserved] });

    expect(calls.at(-1)).toMatchObject({ state: RECORD, input: { claim: 'reserved', shipments } });
    expect(states.at(-1)).toBe('Order is routed');
  });

  it.each(['queued', 'exception'] as const)('is done when a second look says %s', async (outcome) => {
    const { states } = await run({ [RECORD]: [backordered], [LOOK]: [aside(outcome)] });

    expect(states.at(-1)).toBe('Order is routed');
  });

  it('releases the reservation once when the order no longer wants the routing', async () => {
    const { outcome, calls, states } = await run({ [RECORD]: [{ outcome: 'superseded' }] });

    expect(outcome).toBe('succeeded');
    expect(calls.filter((call) => call.state === UNDO).map((call) => call.input)).toEqual([
      { reservationId: RESERVATION, cause: 'superseded' },
    ]);
    expect(states.at(-1)).toBe('Routing is no longer wanted');
  });

  it('ends after one more look when nothing has come for what is backordered', async () => {
    const { calls, states } = await run({ [RECORD]: [backordered] });

    expect(calls.map((call) => call.state)).toEqual([SCREEN, CHOOSE, RESERVE, RECORD, LOOK]);
    expect(calls.at(-1)?.input).toEqual({ request, only: waiting });
    expect(states.at(-1)).toBe('Order is routed');
  });

  it('opens what stock has come for between choosing and writing', async () => {
    const { calls, states } = await run({ [RECORD]: [backordered], [LOOK]: [found] });

    expect(calls.at(-1)).toMatchObject({ state: OPEN });
    expect(reopenBackordersInput.parse(calls.at(-1)?.input)).toEqual({
      orderId: ORDER,
      shipments: [{ nodeId: 'DC-WEST', lines: waiting }],
    });
    expect(reopenBackordersOutput.parse({ outcome: 'reopened' })).toEqual({ outcome: 'reopened' });
    expect(states.at(-1)).toBe('Order is routed');
  });

  it.each([LOOK, OPEN])('tells the exception queue when "%s" keeps failing', async (state) => {
    const { calls } = await run({ [RECORD]: [backordered], [LOOK]: [found], [state]: [BROKEN] });

    expect(calls.filter((call) => call.state === state)).toHaveLength(5);
    expect(calls.at(-1)?.state).toBe(QUEUE);
  });

  it('releases what an earlier run has reserved for units that are no longer wanted', async () => {
    const { outcome, calls, states } = await run({ [SCREEN]: [withdrawn] });

    expect(outcome).toBe('succeeded');
    expect(calls.map((call) => call.state)).toEqual([SCREEN, UNDO]);
    expect(releaseReservationInput.parse(calls.at(-1)?.input)).toEqual({
      reservationId: RESERVATION,
      cause: 'superseded',
    });
    expect(states.at(-1)).toBe('Routing is no longer wanted');
  });

  it('puts the order in the queue when what an earlier run has reserved cannot be released', async () => {
    const { calls } = await run({ [SCREEN]: [withdrawn], [UNDO]: [BROKEN] });

    expect(calls.filter((call) => call.state === UNDO)).toHaveLength(5);
    expect(calls.at(-1)?.state).toBe(QUEUE);
  });

  it.each([SCREEN, CHOOSE, RESERVE, RECORD])('retries "%s" before it gives up', async (state) => {
    const { outcome, calls } = await run({ [state]: [BROKEN] });

    expect(outcome).toBe('failed');
    expect(calls.filter((call) => call.state === state)).toHaveLength(5);
    expect(calls.at(-1)?.state).toBe(QUEUE);
  });

  it('forgives a fault that passes', async () => {
    const { states } = await run({ [RECORD]: [BROKEN, BROKEN, recorded] });

    expect(states.at(-1)).toBe('Order is routed');
  });

  it('puts the order in the queue when its undo keeps failing', async () => {
    const { states, calls } = await run({ [RECORD]: [{ outcome: 'superseded' }], [UNDO]: [BROKEN] });

    expect(calls.at(-1)?.state).toBe(QUEUE);
    expect(states.at(-1)).toBe('Order is in the exception queue');
  });

  it.each([SCREEN, RESERVE, RECORD])('does not guess when "%s" answers in unknown words', async (state) => {
    const { outcome, calls } = await run({ [state]: [{ ...reserved, request, outcome: 'perhaps' }] });

    expect(outcome).toBe('failed');
    expect(calls.at(-1)).toMatchObject({
      state: QUEUE,
      input: { MessageBody: { error: 'UnexpectedOutcome' } },
    });
  });

  it('fails, so that the alarm rings, when nobody can be told of an order that is set aside', async () => {
    const { outcome, states } = await run({ [RECORD]: [{ outcome: 'exception' }], [TELL]: [BROKEN] });

    expect(outcome).toBe('failed');
    expect(states.at(-1)).toBe(TELL);
  });

  it('fails, so that the alarm rings, when even the queue cannot be reached', async () => {
    const { outcome, states } = await run({ [SCREEN]: [BROKEN], [QUEUE]: [BROKEN] });

    expect(outcome).toBe('failed');
    expect(states.at(-1)).toBe(QUEUE);
  });
});
