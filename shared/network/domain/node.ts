import type { Address } from '../../kernel/address.ts';
import type { NodeId } from '../../kernel/ids.ts';

export type NodeType = 'warehouse' | 'store' | '3pl' | 'supplier';

/** A place that can hold or ship stock. Costs in minor units of the network's currency. */
export type Node = {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: NodeType;
  readonly address: Address;
  /** A snoozed node takes no new work. */
  readonly status: 'active' | 'snoozed';
  /** Lower is preferred where cost does not decide. */
  readonly priority: number;
  readonly ordersPerDay?: number | undefined;
  readonly costs: { readonly perShipment: number; readonly perUnit: number };
  readonly acceptWithinMinutes: number;
  readonly shipWithinMinutes: number;
  readonly endpoint?: string | undefined;
};

export const takesWork = (node: Node): boolean => node.status === 'active';
