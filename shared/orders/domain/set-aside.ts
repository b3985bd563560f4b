import type { Instant } from '../../kernel/instant.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Order, SetAside } from './order.ts';
import type { RoutingRefusal } from './route-order.ts';
import { settle, unchanged, type Decided } from './settle.ts';

/** `known`: it has been set aside so before, by an earlier run of the same routing. */
export type SettingAside = {
  readonly outcome: 'setAside' | 'known' | 'recorded' | 'superseded';
  readonly decided: Decided;
};

/**
 * No node is to ship anything of this routing for now: the units stay open, and the order says what they wait for. The
 * next routing that is recorded ends it. Said again, it has one effect.
 */
export const setOrderAside = (
  order: Order,
  wish: Omit<SetAside, 'since'>,
  at: Instant,
): Result<SettingAside, RoutingRefusal> => {
  if (wish.revision > order.revision) return refuse({ type: 'unknownRevision', revision: wish.revision });
  if (wish.revision < order.revision) {
    const isSuperseded = order.supersededRevisions.includes(wish.revision);
    return ok({ outcome: isSuperseded ? 'superseded' : 'recorded', decided: unchanged(order) });
  }
  const before = order.setAside;
  if (before?.revision === wish.revision && before.as === wish.as) {
    // The same decision again is a repeated call, whose first answer may have been lost on the way.
    const isRepeated = before.decisionId !== undefined && before.decisionId === wish.decisionId;
    return ok({ outcome: isRepeated ? 'setAside' : 'known', decided: unchanged(order) });
  }
  const after: Order = { ...order, setAside: { ...wish, since: at } };
  return ok({ outcome: 'setAside', decided: settle(order, after, [], at) });
};

const HOUR_MS = 3_600_000;

/**
 * Whether an order that is set aside is to be left so by a look that comes round every `everyMs`: about once an hour
 * it is looked at all the same, since stock that has come meanwhile tells nobody of open units.
 */
export const isLeftAside = ({ setAside, revision }: Order, at: Instant, everyMs: number): boolean =>
  setAside?.revision === revision && (Date.parse(at) - Date.parse(setAside.since)) % HOUR_MS >= everyMs;
