import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { changePosition } from '../change-position.ts';
import { examples } from '../examples.ts';
import { wholeUnits } from '../parse-options.ts';
import { openSession } from '../session.ts';

type Options = {
  readonly node: string;
  readonly units: number;
  readonly reason: string;
  readonly once?: string;
};

/** Units of a node that are kept from something, and how the API is told of them. */
type KeptUnits = {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly example: string;
  readonly action?: 'ring-fence';
  readonly field: 'units' | 'safetyStock';
};

const SAFETY_STOCK: KeptUnits = {
  name: 'safety-stock',
  summary: 'keep units of a node from being sold at all',
  description:
    'Keep units of a node from being sold at all: what is available is less by them. On hand stays what it is; a ring-fence and the buffers of channels are other things.',
  example: "safety-stock MUG-RED --node DC-EAST --units 5 --reason 'slow supplier'",
  field: 'safetyStock',
};

const RING_FENCE: KeptUnits = {
  name: 'ring-fence',
  summary: 'keep units of a node from routing',
  description:
    'Keep units of a node from routing, except for orders whose strategy opens the ring-fence. They stay available: safety stock and the buffers of channels are other things.',
  example: "ring-fence MUG-RED --node DC-EAST --units 20 --reason 'store opening'",
  action: 'ring-fence',
  field: 'units',
};

const register =
  ({ name, summary, description, example, action, field }: KeptUnits) =>
  (program: Command): void => {
    program
      .command(name)
      .argument('<sku>', 'the SKU')
      .summary(summary)
      .description(description)
      .requiredOption('--node <node>', 'where')
      .requiredOption('--units <units>', 'how many; 0 lifts it', wholeUnits)
      .requiredOption('--reason <text>', 'why; the history keeps it')
      .option('--once <name>', 'names this change: sent again under the same name it has its effect once')
      .addHelpText('after', examples(example))
      .action(async (sku: string, { node, units, reason, once }: Options, command: Command) => {
        const body = { key: once ?? randomUUID(), [field]: units, reason };
        await changePosition(openSession(command), { sku, node }, { method: 'PUT', action, body });
      });
  };

/** `yard safety-stock SKU` */
export const registerSafetyStock = register(SAFETY_STOCK);
/** `yard ring-fence SKU` */
export const registerRingFence = register(RING_FENCE);
