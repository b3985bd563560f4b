import { describeOrderStore } from '../../support/orders/order-store.contract.ts';
import { makeMemoryOrders } from '../../support/orders/memory-orders.ts';

describeOrderStore('in memory', async () => makeMemoryOrders());
