import type { App } from 'aws-cdk-lib';
import { AccessStack } from './access/access-stack.ts';
import { ChannelsStack } from './channels/channels-stack.ts';
import type { Stage } from './config/stages.ts';
import type { CodeOf } from './constructs/dom-function.ts';
import { FulfilmentStack } from './fulfilment/fulfilment-stack.ts';
import { InventoryStack } from './inventory/inventory-stack.ts';
import { NetworkStack } from './network/network-stack.ts';
import { OrdersStack } from './orders/orders-stack.ts';
import { PlatformStack } from './platform/platform-stack.ts';
import { StateStack } from './platform/state-stack.ts';
import { SourcingStack } from './sourcing/sourcing-stack.ts';

/**
 * Switchyard, as it is deployed. Contexts depend on state and platform, never on each other: they meet on the bus,
 * and in workflows, which name functions. So they are deployed side by side.
 */
export const switchyard = (app: App, stage: Stage, codeOf: CodeOf): void => {
  // What must survive, and the door, the alarm bell and the dashboard.
  const state = new StateStack(app, stage);
  const platform = new PlatformStack(app, stage);
  const foundation = { stage, state, platform, codeOf };

  // Who may call.
  new AccessStack(app, foundation);

  // An order's journey: it comes in, is placed and routed, finds stock, is fulfilled.
  new ChannelsStack(app, foundation);
  new OrdersStack(app, foundation);
  new SourcingStack(app, foundation);
  new InventoryStack(app, foundation);
  new FulfilmentStack(app, foundation);

  // What it refers to: nodes and items.
  new NetworkStack(app, foundation);
};
