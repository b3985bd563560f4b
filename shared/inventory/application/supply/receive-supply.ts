import type { SupplyId } from '../../../kernel/ids.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Actor } from '../../domain/actor.ts';
import { receiveSupply, type SupplyReceipt } from '../../domain/supply/receive-supply.ts';
import type { SupplyOrder } from '../../domain/supply/supply-order.ts';
import { changeSupply, onBehalfOf, type SupplyCommandRefusal, type SupplyDeps } from './change-supply.ts';

/** Units of an order have arrived at its node. A repeated key answers with the order and changes nothing. */
export const makeReceiveSupply =
  (deps: SupplyDeps) =>
  (
    supplyId: SupplyId,
    receipt: SupplyReceipt,
    actor: Actor,
  ): Promise<Result<SupplyOrder, SupplyCommandRefusal>> =>
    changeSupply(
      deps,
      supplyId,
      onBehalfOf(
        actor,
        ({ nodeId }) => nodeId,
        (order) => receiveSupply(order, receipt, actor.name, deps.now()),
      ),
    );
