import type { Instant } from '../../kernel/instant.ts';
import type { CellChange } from './ledger-entry.ts';
import type { Position } from './position.ts';
import { expiredIn, unitsOf } from './soft-claims.ts';

/** Each end is an action of its own beside the position and its movement: DynamoDB takes 100 in one transaction. */
const ENDS_PER_LAPSE = 90;

/**
 * Takes what has expired off the position, the earliest first, once: undefined when nothing has. The first executor whose clock says so
 * decides; claims that others still believe in are refused from then on, whatever their clocks say.
 */
export const lapse = (position: Position, at: Instant): CellChange | undefined => {
  const expired = expiredIn(position, at).slice(0, ENDS_PER_LAPSE);
  if (expired.length === 0) return undefined;
  const to = expired.map(({ until }) => until).reduce((a, b) => (a > b ? a : b), position.lapsedTo ?? '');
  const units = unitsOf(expired);
  return {
    cell: { sku: position.sku, nodeId: position.nodeId },
    guard: { type: 'covered' },
    lapse: { to, expired },
    movements:
      units === 0
        ? []
        : [
            {
              movementId: `expire:${to}`,
              kind: 'release',
              onHandDelta: 0,
              reservedDelta: -units,
              document: `baskets until ${to}`,
              actor: 'clock',
              reason: 'expired',
            },
          ],
  };
};
