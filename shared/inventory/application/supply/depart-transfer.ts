import type { SupplyId } from '../../../kernel/ids.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Actor } from '../../domain/actor.ts';
import { departTransfer, type Departure } from '../../domain/supply/depart-transfer.ts';
import type { SupplyOrder } from '../../domain/supply/supply-order.ts';
import { changeSupply, onBehalfOf, type SupplyCommandRefusal, type SupplyDeps } from './change-supply.ts';

/** A transfer has left its origin: its units are in transit to the destination from now on. */
export const makeDepartTransfer =
  (deps: SupplyDeps) =>
  (
    supplyId: SupplyId,
    departure: Departure,
    actor: Actor,
  ): Promise<Result<SupplyOrder, SupplyCommandRefusal>> =>
    changeSupply(
      deps,
      supplyId,
      onBehalfOf(
        actor,
        (order) => (order.kind === 'transfer' ? order.originId : order.nodeId),
        (order) => departTransfer(order, departure, actor.name, deps.now()),
      ),
    );
