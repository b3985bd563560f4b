import { makeClaimTogether } from '../../../shared/inventory/application/claim-together.ts';
import type { StockLedger } from '../../../shared/inventory/application/ports.ts';
import type { BasketSwap } from '../../../shared/inventory/application/swap-basket.ts';
import type { Grouping } from '../../../shared/inventory/application/grouping.ts';

/** Grouping as a test wants it: hot cells are said, nobody else gathers, nothing waits. */
export const aGrouping = (ledger: StockLedger, now: () => string, isHot = false): Grouping => {
  let groups = 0;
  return {
    isHot: () => isHot,
    claimTogether: makeClaimTogether({ ledger, now, newGroupId: () => `g${(groups += 1)}` }),
    pause: async () => undefined,
    patience: 1,
  };
};

/** Orders that come without a basket. */
export const NO_BASKETS: BasketSwap = { take: async () => undefined, giveBackRest: async () => undefined };
