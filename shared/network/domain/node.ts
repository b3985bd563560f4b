import type { Address } from '../../kernel/address.ts';
import type { NodeId, Sku } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { LocalDate } from '../../kernel/local-time.ts';

export type NodeType = 'warehouse' | 'store' | '3pl' | 'supplier';

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** When a node hands parcels over; all of it as clocks in `timeZone` show it. */
export type NodeCalendar = {
  readonly timeZone: string;
  readonly workingDays: readonly Weekday[];
  readonly closedDates: readonly LocalDate[];
  /** `14:00`: orders of a working day count for it until then, later ones for the next; absent: until midnight. */
  readonly cutOff?: string | undefined;
  /** Working days between taking an order and handing it over. */
  readonly handlingDays: number;
};

/** A place that can hold or ship stock. Costs in minor units of the network's currency. */
export type Node = {
  readonly nodeId: NodeId;
  readonly name: string;
  readonly type: NodeType;
  readonly address: Address;
  /** A snoozed node takes no new work. */
  readonly status: 'active' | 'snoozed';
  /** Takes no new work until then, whatever `status` says, and is awake again afterwards. */
  readonly snoozedUntil?: Instant | undefined;
  readonly productSnoozes?: readonly { readonly sku: Sku; readonly until: Instant }[] | undefined;
  /** What the node can do; absent: what its type usually can. */
  readonly capabilities?: readonly string[] | undefined;
  readonly calendar?: NodeCalendar | undefined;
  /** Lower is preferred where cost does not decide. */
  readonly priority: number;
  readonly ordersPerDay?: number | undefined;
  readonly linesPerDay?: number | undefined;
  readonly unitsPerDay?: number | undefined;
  readonly costs: { readonly perShipment: number; readonly perUnit: number };
  readonly acceptWithinMinutes: number;
  readonly shipWithinMinutes: number;
  readonly endpoint?: string | undefined;
};

/** A node that says until when it is snoozed is so until then, and awake again without anybody's doing. */
export const isSnoozedAt = (node: Pick<Node, 'status' | 'snoozedUntil'>, at: Instant): boolean =>
  node.snoozedUntil === undefined
    ? node.status === 'snoozed'
    : Date.parse(node.snoozedUntil) > Date.parse(at);

/** Every node ships, and customers collect at stores, where nothing else is said. */
export const capabilitiesOf = ({
  capabilities,
  type,
}: {
  readonly capabilities?: readonly string[] | undefined;
  readonly type: string;
}): readonly string[] => capabilities ?? (type === 'store' ? ['ship', 'pickup'] : ['ship']);
