#!/usr/bin/env node
import { CommanderError } from 'commander';
import { EXIT, NotFine, exitCodeOf, explainFailure } from './failures.ts';
import { makeProgram } from './program.ts';

const run = async (): Promise<number> => {
  try {
    await makeProgram().parseAsync();
    return Number(process.exitCode ?? EXIT.fine);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    if (!(error instanceof NotFine)) process.stderr.write(`yard: ${explainFailure(error)}\n`);
    return exitCodeOf(error);
  }
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.fine);
  throw error;
});
process.exitCode = await run();
