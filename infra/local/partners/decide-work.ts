import type { Dials } from './dials.ts';
import type { Dice } from './dice.ts';

export type Work = {
  readonly fulfilmentOrderId: string;
  readonly nodeId: string;
  readonly lines: readonly { readonly lineId: string; readonly sku: string; readonly quantity: number }[];
};

/** What a node will do about its work, settled the moment it hears of it. */
export type WorkDecision =
  | { readonly does: 'nothing' }
  | {
      readonly does: 'reject';
      readonly reason: 'outOfStock' | 'noCapacity' | 'damaged' | 'closed';
      readonly after: number;
    }
  | {
      readonly does: 'ship';
      readonly acceptAfter: number;
      readonly shipAfter: number;
      /** The shipment is reported before the acceptance. */
      readonly shipsFirst: boolean;
      readonly repeats: boolean;
      readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
      readonly tracking: { readonly carrier: string; readonly number: string; readonly url: string };
    };

/** From here on a node does as it is asked, so that every order finds an end. */
const PATIENT_ROUTINGS = 4;

/** `<orderId>.<routing>.<nodeId>` */
const routingOf = (fulfilmentOrderId: string): number => Number(fulfilmentOrderId.split('.')[1] ?? 1);

type ShippedLines = Extract<WorkDecision, { does: 'ship' }>['lines'];

/** All but one unit of one line. */
const allButOne = (dice: Dice, work: Work): ShippedLines => {
  const at = dice.between(0, work.lines.length - 1, 'short line', work.fulfilmentOrderId);
  return work.lines.flatMap(({ lineId, quantity }, index) => {
    const left = index === at ? quantity - 1 : quantity;
    return left === 0 ? [] : [{ lineId, quantity: left }];
  });
};

/** Silence is kept for an order's first routing: a deadline costs a minute, and one is enough to show it. */
export const decideWork = (dice: Dice, dials: Dials, work: Work): WorkDecision => {
  const id = work.fulfilmentOrderId;
  const routing = routingOf(id);
  const units = work.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const [acceptSoonest, acceptLatest] = dials.acceptDelay;
  const [shipSoonest, shipLatest] = dials.shipDelay;

  if (routing === 1 && dice.happens(dials.silentRate, 'silent', id)) return { does: 'nothing' };
  if (routing < PATIENT_ROUTINGS && dice.happens(dials.rejectRate, 'reject', id))
    return {
      does: 'reject',
      reason: dice.pick(['noCapacity', 'noCapacity', 'closed', 'damaged', 'outOfStock'], 'why', id),
      after: dice.between(acceptSoonest, acceptLatest, 'accept delay', id),
    };
  const isShort = units > 1 && routing < PATIENT_ROUTINGS && dice.happens(dials.shortRate, 'short', id);
  const number = `1Z${String(dice.between(0, 999_999_999, 'tracking', id)).padStart(9, '0')}`;
  return {
    does: 'ship',
    acceptAfter: dice.between(acceptSoonest, acceptLatest, 'accept delay', id),
    shipAfter: dice.between(shipSoonest, shipLatest, 'ship delay', id),
    shipsFirst: dice.happens(dials.reorderRate / 4, 'ships first', id),
    repeats: dice.happens(dials.duplicateRate, 'repeats', id),
    lines: isShort ? allButOne(dice, work) : work.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    tracking: {
      carrier: dice.pick(['UPS', 'FedEx', 'USPS'], 'carrier', id),
      number,
      url: `https://tracking.example.com/${number}`,
    },
  };
};
