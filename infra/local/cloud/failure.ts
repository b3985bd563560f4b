/** A start that cannot succeed, said in one line, with what to do about it. */
export class LocalCloudError extends Error {
  readonly mend: string;

  constructor(message: string, mend: string) {
    super(`${message} ${mend}`);
    this.name = 'LocalCloudError';
    this.mend = mend;
  }
}

/** The last lines of a log, for an error that must be readable without opening a file. */
export const tailOf = (text: string, lines = 12): string =>
  text.trimEnd().split('\n').slice(-lines).join('\n');
