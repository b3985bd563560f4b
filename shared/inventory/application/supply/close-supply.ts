import type { SupplyId } from '../../../kernel/ids.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Actor } from '../../domain/actor.ts';
import { closeSupply, type Closure } from '../../domain/supply/close-supply.ts';
import type { SupplyOrder } from '../../domain/supply/supply-order.ts';
import { changeSupply, onBehalfOf, type SupplyCommandRefusal, type SupplyDeps } from './change-supply.ts';

/** Nothing more is expected under an order: it is cancelled, or closed short with its difference stated. */
export const makeCloseSupply =
  (deps: SupplyDeps) =>
  (supplyId: SupplyId, closure: Closure, actor: Actor): Promise<Result<SupplyOrder, SupplyCommandRefusal>> =>
    changeSupply(
      deps,
      supplyId,
      onBehalfOf(
        actor,
        ({ nodeId }) => nodeId,
        (order) => closeSupply(order, closure, actor.name, deps.now()),
      ),
    );
