import { ApiRefusal, ApiUnreachable } from './api-client.ts';

export const EXIT = { fine: 0, failed: 1, usage: 2 } as const;

/** The command was called wrongly; nothing was sent. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command ran, and what it found or did is not fine; the report is already printed. */
export class NotFine extends Error {
  override readonly name = 'NotFine';
}

/** The gateway refuses a key that nobody knows, and says no more; the API itself says why. */
const mendOf = ({ status, problem }: ApiRefusal): string | undefined => {
  if (status === 401)
    return 'give a key with --key or SWITCHYARD_KEY (npm start writes one for this machine)';
  if (status !== 403) return undefined;
  return problem.type === undefined
    ? 'the key is not known: see yard keys issue'
    : 'another key may: see yard keys issue';
};

/** What a person reads when a command failed: one line, what is wrong in the input, and the mend where there is one. */
export const explainFailure = (error: unknown): string => {
  if (error instanceof ApiUnreachable)
    return `${error.message}. Start it with npm start, or name another with --url or SWITCHYARD_URL.`;
  if (error instanceof ApiRefusal) {
    const mend = mendOf(error);
    const errors = (error.problem.errors ?? []).map(({ at, reason }) => `  ${at}: ${reason}`);
    return [`${error.message} (${error.status})${mend === undefined ? '' : `: ${mend}`}`, ...errors].join(
      '\n',
    );
  }
  return error instanceof Error ? error.message : String(error);
};

/** 1: it failed or something is not fine; 2: called wrongly, so that scripts can tell the two apart. */
export const exitCodeOf = (error: unknown): number =>
  error instanceof UsageError ? EXIT.usage : EXIT.failed;
