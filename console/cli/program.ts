import { Command } from 'commander';
import { registerBooks } from './commands/books.ts';
import { registerCounts, registerDrift } from './commands/counts.ts';
import { registerFeed } from './commands/feed.ts';
import { registerCancel } from './commands/cancel.ts';
import { registerChannelPolicy } from './commands/channel-policy.ts';
import { registerCell } from './commands/cell.ts';
import { registerConnections } from './commands/connections.ts';
import { registerImport } from './commands/import.ts';
import { registerKeys } from './commands/keys.ts';
import { registerItems, registerNodes } from './commands/network.ts';
import { registerOpen } from './commands/open.ts';
import { registerOrder } from './commands/order.ts';
import { registerOrders } from './commands/orders.ts';
import { registerPrices } from './commands/prices.ts';
import { registerRelease } from './commands/release.ts';
import { registerReorderPoint } from './commands/reorder-point.ts';
import { registerReplay } from './commands/replay.ts';
import { registerResync } from './commands/resync.ts';
import { registerReservation, registerReserve } from './commands/reservation.ts';
import { registerSourceSolve } from './commands/source-solve.ts';
import { registerAvailability } from './commands/availability.ts';
import { registerInbound } from './commands/inbound.ts';
import { registerMove } from './commands/move.ts';
import { registerRingFence, registerSafetyStock } from './commands/kept-units.ts';
import { registerTransfer } from './commands/transfer.ts';
import { registerStock } from './commands/stock.ts';
import { registerDecision, registerWhy } from './commands/why.ts';
import { registerStrategy } from './commands/strategy.ts';
import { registerWork } from './commands/work.ts';

const REGISTRATIONS = [
  registerOrders,
  registerOrder,
  registerWhy,
  registerDecision,
  registerStrategy,
  registerRelease,
  registerPrices,
  registerCancel,
  registerOpen,
  registerStock,
  registerMove,
  registerSafetyStock,
  registerRingFence,
  registerTransfer,
  registerInbound,
  registerAvailability,
  registerReorderPoint,
  registerReserve,
  registerReservation,
  registerNodes,
  registerItems,
  registerWork,
  registerImport,
  registerFeed,
  registerCounts,
  registerDrift,
  registerReplay,
  registerBooks,
  registerCell,
  registerConnections,
  registerChannelPolicy,
  registerResync,
  registerKeys,
];

const addApiOptions = (command: Command): void => {
  command
    .option('--url <url>', 'the API (SWITCHYARD_URL; otherwise what npm start runs, http://localhost:8080)')
    .option('--key <key>', 'an API key (SWITCHYARD_KEY; otherwise the one npm start made)')
    .option('--json', 'print the result as one JSON document');
};

/** Options of the whole are options of each command, so that they may stand before or behind its name. */
const finish = (command: Command): void => {
  command.exitOverride();
  if (command.commands.length === 0) addApiOptions(command);
  command.commands.forEach(finish);
};

/** Every command there is. Wrong usage throws CommanderError instead of ending the process. */
export const makeProgram = (): Command => {
  const program = new Command('yard')
    .description('Switchyard from the command line: it speaks to the HTTP API, on this machine or on AWS.')
    .addHelpText('after', '\nExit codes: 0 fine, 1 failed or something is not fine, 2 called wrongly.')
    .enablePositionalOptions();
  for (const register of REGISTRATIONS) register(program);
  finish(program);
  addApiOptions(program);
  registerSourceSolve(program);
  return program;
};
