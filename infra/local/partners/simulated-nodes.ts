import { setTimeout as wait } from 'node:timers/promises';
import {
  ApiRefusal,
  ApiUnreachable,
  makeApiClient,
  type ApiClient,
} from '../../../console/cli/api-client.ts';
import type { FulfilmentOrder, PageOf } from '../../../console/cli/api-types.ts';
import { decideWork, type Work, type WorkDecision } from './decide-work.ts';
import type { Dials } from './dials.ts';
import type { Dice } from './dice.ts';

type NodeLog = {
  readonly fulfilmentOrderId: string;
  readonly nodeId: string;
  readonly decision: WorkDecision['does'];
};

export type SimulatedNodes = {
  /** The node may act with this key from now on. */
  readonly giveKey: (nodeId: string, key: string) => void;
  /** Takes work in; the same work twice is done once. Returns at once, the answer follows over the public API. */
  readonly receive: (work: Work) => void;
  /** The work is called off: the node stops where it is, and does not begin when the work itself comes later. */
  readonly callOff: (fulfilmentOrderId: string) => void;
  /** A node without an endpoint asks for its work instead of being told. */
  readonly poll: (nodeId: string) => void;
  readonly seen: () => readonly NodeLog[];
  readonly stop: () => void;
};

const POLL_MS = 2_000;
const ATTEMPTS = 6;

const isWorthAnotherTry = (error: unknown): boolean =>
  error instanceof ApiUnreachable ||
  (error instanceof ApiRefusal && (error.status >= 500 || error.status === 404));

/** Warehouses, stores, 3PLs and suppliers that answer over the public API, each with the key of its own node. */
export const makeSimulatedNodes = (settings: {
  readonly url: string;
  readonly dice: Dice;
  readonly dials: Dials;
  readonly log: (text: string) => void;
}): SimulatedNodes => {
  const { dice, dials, log } = settings;
  const clients = new Map<string, ApiClient>();
  const seen = new Map<string, NodeLog>();
  const calledOff = new Set<string>();
  const stopping = new AbortController();

  /** False when the work is not this node's to do any more: called off, timed out, or answered otherwise. */
  const say = async (work: Work, what: string, body?: unknown): Promise<boolean> => {
    const path = `/v1/fulfilment-orders/${encodeURIComponent(work.fulfilmentOrderId)}/${what}`;
    for (let attempt = 1; ; attempt += 1) {
      if (calledOff.has(work.fulfilmentOrderId)) return false;
      try {
        const api = clients.get(work.nodeId);
        if (api === undefined) throw new Error('it has no key');
        await api.call({ method: 'POST', path, ...(body === undefined ? {} : { body }) });
        return true;
      } catch (error) {
        if (error instanceof ApiRefusal && error.status === 409) return false;
        if (attempt >= ATTEMPTS || !isWorthAnotherTry(error)) {
          const reason = error instanceof Error ? error.message : String(error);
          log(`${work.nodeId} could not say ${what} of ${work.fulfilmentOrderId}: ${reason}`);
          return false;
        }
        await pause(200 * 2 ** attempt);
      }
    }
  };

  const pause = (ms: number) => wait(ms, undefined, { signal: stopping.signal, ref: false });

  const answer = async (work: Work): Promise<void> => {
    const decision = decideWork(dice, dials, work);
    seen.set(work.fulfilmentOrderId, { ...work, decision: decision.does });
    if (decision.does === 'nothing') return;
    if (decision.does === 'reject') {
      await pause(decision.after);
      await say(work, 'rejection', { reason: decision.reason });
      return;
    }
    const { lines, tracking } = decision;
    await pause(decision.acceptAfter);
    if (!decision.shipsFirst && !(await say(work, 'acceptance'))) return;
    await pause(decision.shipAfter);
    const isShipped = await say(work, 'shipment', { lines, tracking });
    if (isShipped && decision.repeats) await say(work, 'shipment', { lines, tracking });
    if (isShipped && decision.shipsFirst) await say(work, 'acceptance');
  };

  const quietly = (doing: Promise<void>): void => {
    doing.catch((error: unknown) => {
      if (!stopping.signal.aborted) log(`a simulated node failed: ${String(error)}`);
    });
  };

  const receive = (work: Work): void => {
    const isKnown = seen.has(work.fulfilmentOrderId) || calledOff.has(work.fulfilmentOrderId);
    if (isKnown || stopping.signal.aborted) return;
    seen.set(work.fulfilmentOrderId, { ...work, decision: 'nothing' });
    quietly(answer(work));
  };

  const pollForever = async (nodeId: string): Promise<void> => {
    const query = { node: nodeId, status: 'requested', limit: 200 };
    for (;;) {
      await pause(POLL_MS);
      try {
        const page = await clients.get(nodeId)?.get<PageOf<FulfilmentOrder>>('/v1/fulfilment-orders', query);
        page?.items.forEach(receive);
      } catch (error) {
        if (!isWorthAnotherTry(error)) throw error;
      }
    }
  };

  return {
    giveKey: (nodeId, key) => void clients.set(nodeId, makeApiClient({ url: settings.url, key })),
    receive,
    callOff: (fulfilmentOrderId) => void calledOff.add(fulfilmentOrderId),
    poll: (nodeId) => quietly(pollForever(nodeId)),
    seen: () => [...seen.values()],
    stop: () => stopping.abort(),
  };
};
