import { leaveTokenInput, recordSilenceInput, workAnswer } from '../../shared/contracts/fulfilment/tasks.ts';
import { bookShipmentInput, releaseReservationInput } from '../../shared/contracts/inventory/tasks.ts';
import { BROKEN, runWorkflow, SILENT, type Answer, type Json } from '../support/workflow/run-workflow.ts';

const ORDER = 'ord_01h9v6q0x4m8c2k7r5t3w1y9za';
const input = {
  fulfilmentOrderId: `${ORDER}.1.DC-EAST`,
  orderId: ORDER,
  reservationId: `${ORDER}.1`,
  nodeId: 'DC-EAST',
  acceptSeconds: 0.05,
  shipSeconds: 0.05,
};
const { fulfilmentOrderId, reservationId, nodeId } = input;
const shippedLines = [{ lineId: '1', sku: 'MUG-RED', quantity: 2 }];
const shortLines = [{ lineId: '2', sku: 'TRAY', quantity: 1 }];

/** As the tasks may say it, by the contract. */
const answer = (said: Json): Json => workAnswer.parse(said);
const accepted = answer({ answer: 'accepted' });
const shipped = answer({ answer: 'shipped', shipped: shippedLines, short: shortLines });
const silent = answer({ answer: 'rejected', reason: 'silence' });
const cancelled = answer({ answer: 'cancelled' });

const ASK = 'Ask the node and wait for its answer';
const WAIT = 'Wait for the node to ship';
const NO_ANSWER = 'Treat the silence as a rejection';
const NO_SHIPMENT = 'Treat the missed shipping deadline as a rejection';
const BOOK = 'Book the shipped units: work is shipped';
const REJECTED = 'Release the reserved units: work is rejected';
const CALLED_OFF = 'Release the reserved units: work is called off';
const QUEUE = 'Put the work in the exception queue';

const run = (answers: Readonly<Record<string, readonly Answer[]>>) =>
  runWorkflow('fulfilment/fulfil-order.asl.json', input, {
    [ASK]: [accepted],
    [WAIT]: [shipped],
    [NO_ANSWER]: [silent],
    [NO_SHIPMENT]: [silent],
    [BOOK]: [{ outcome: 'booked' }],
    [REJECTED]: [{ outcome: 'released', released: [] }],
    [CALLED_OFF]: [{ outcome: 'released', released: [] }],
    [QUEUE]: [{ MessageId: 'm-1' }],
    ...answers,
  });

describe('the contracts of the tasks of fulfil-order', () => {
  const payload = (given: Json) => (given as { readonly Payload: Json }).Payload;

  it.each([
    [ASK, leaveTokenInput, {}],
    [WAIT, leaveTokenInput, {}],
    [BOOK, bookShipmentInput, {}],
    [NO_ANSWER, recordSilenceInput, { [ASK]: [SILENT] }],
    [NO_SHIPMENT, recordSilenceInput, { [WAIT]: [SILENT] }],
    [REJECTED, releaseReservationInput, { [ASK]: [silent] }],
    [CALLED_OFF, releaseReservationInput, { [ASK]: [cancelled] }],
  ])('are kept by what the workflow asks: %s', async (state, contract, answers) => {
    const { calls } = await run(answers);
    const asked = calls.filter((call) => call.state === state).map((call) => call.input);
    const given = state === ASK || state === WAIT ? asked.map(payload) : asked;

    expect(given).toHaveLength(1);
    expect(given.map((each) => contract.parse(each))).toEqual(given);
  });
});

describe('the workflow fulfil-order', () => {
  it('asks, waits for the shipment and books it in five transitions', async () => {
    const { outcome, result, states, calls } = await run({});

    expect(outcome).toBe('succeeded');
    expect(result).toEqual({ outcome: 'shipped', booking: 'booked' });
    expect(states).toEqual([ASK, 'What has become of the work?', WAIT, 'What has become of the work?', BOOK]);
    expect(calls.at(-1)?.input).toEqual({
      fulfilmentOrderId,
      reservationId,
      nodeId,
      shipped: shippedLines,
      short: shortLines,
    });
  });

  it('leaves its token with both waits', async () => {
    const { calls } = await run({});

    for (const state of [ASK, WAIT]) {
      expect(calls.find((call) => call.state === state)?.input).toMatchObject({
        Payload: { fulfilmentOrderId, taskToken: 'token-1' },
      });
    }
  });

  it('books at once when the node ships without having accepted', async () => {
    const { calls } = await run({ [ASK]: [shipped] });

    expect(calls.map((call) => call.state)).toEqual([ASK, BOOK]);
  });

  it.each([
    ['before', { [ASK]: [answer({ answer: 'rejected', reason: 'outOfStock' })] }],
    ['after', { [WAIT]: [answer({ answer: 'rejected', reason: 'outOfStock' })] }],
  ])(
    'releases the reservation with the reason when the node rejects %s accepting',
    async (_when, answers) => {
      const { result, calls } = await run(answers);

      expect(result).toEqual({ outcome: 'rejected', booking: 'released' });
      expect(calls.at(-1)).toEqual({
        state: REJECTED,
        input: { reservationId, nodeId, cause: 'rejected', reason: 'outOfStock' },
      });
    },
  );

  it.each([
    ['before', { [ASK]: [cancelled] }],
    ['after', { [WAIT]: [cancelled] }],
  ])('releases the reservation when the work is called off %s accepting', async (_when, answers) => {
    const { result, calls } = await run(answers);

    expect(result).toEqual({ outcome: 'cancelled', booking: 'released' });
    expect(calls.at(-1)).toEqual({
      state: CALLED_OFF,
      input: { reservationId, nodeId, cause: 'cancelled' },
    });
  });

  it('takes silence for a rejection, without asking again', async () => {
    const { result, calls } = await run({ [ASK]: [SILENT] });

    expect(result).toMatchObject({ outcome: 'rejected' });
    expect(calls.map((call) => call.state)).toEqual([ASK, NO_ANSWER, REJECTED]);
    expect(calls[1]?.input).toEqual({ fulfilmentOrderId, awaited: 'answer' });
    expect(calls[2]?.input).toMatchObject({ reason: 'silence' });
  });

  it('goes on when the node has accepted in the last instant', async () => {
    const { result, calls } = await run({ [ASK]: [SILENT], [NO_ANSWER]: [accepted] });

    expect(result).toMatchObject({ outcome: 'shipped' });
    expect(calls.map((call) => call.state)).toEqual([ASK, NO_ANSWER, WAIT, BOOK]);
  });

  it('takes a missed shipping deadline for a rejection', async () => {
    const { result, calls } = await run({ [WAIT]: [SILENT] });

    expect(result).toMatchObject({ outcome: 'rejected' });
    expect(calls.map((call) => call.state)).toEqual([ASK, WAIT, NO_SHIPMENT, REJECTED]);
    expect(calls[2]?.input).toEqual({ fulfilmentOrderId, awaited: 'shipment' });
  });

  it('books the shipment that came in the last instant', async () => {
    const { result } = await run({ [WAIT]: [SILENT], [NO_SHIPMENT]: [shipped] });

    expect(result).toMatchObject({ outcome: 'shipped' });
  });

  it('asks an unreachable node six times, then takes it for silent', async () => {
    const { result, calls } = await run({ [ASK]: [BROKEN] });

    expect(result).toMatchObject({ outcome: 'rejected' });
    expect(calls.filter((call) => call.state === ASK)).toHaveLength(6);
    expect(calls.filter((call) => call.state === NO_ANSWER)).toHaveLength(1);
  });

  it.each([
    [NO_ANSWER, { [ASK]: [SILENT] }],
    [WAIT, {}],
    [NO_SHIPMENT, { [WAIT]: [SILENT] }],
    [BOOK, {}],
    [REJECTED, { [ASK]: [silent] }],
    [CALLED_OFF, { [ASK]: [cancelled] }],
  ])('puts the work in the exception queue when "%s" keeps failing', async (state, answers) => {
    const { outcome, calls, states } = await run({ ...answers, [state]: [BROKEN] });

    expect(outcome).toBe('failed');
    expect(calls.at(-1)).toMatchObject({
      state: QUEUE,
      input: { MessageBody: { workflow: 'fulfil-order', fulfilmentOrderId } },
    });
    expect(states.at(-1)).toBe('Work is in the exception queue');
  });

  it('does not guess when the answer is in unknown words', async () => {
    const { outcome, calls } = await run({ [ASK]: [{ answer: 'perhaps' }] });

    expect(outcome).toBe('failed');
    expect(calls.at(-1)).toMatchObject({
      state: QUEUE,
      input: { MessageBody: { error: 'UnexpectedAnswer' } },
    });
  });
});
