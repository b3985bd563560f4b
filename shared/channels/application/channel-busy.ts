/** The shop asks to be left alone for so long. Nothing of the call was taken. */
export class ChannelBusy extends Error {
  override readonly name = 'ChannelBusy';
  readonly retryAfterMs: number;

  constructor(host: string, retryAfterMs: number) {
    super(`${host} asks to wait ${retryAfterMs} ms`);
    this.retryAfterMs = retryAfterMs;
  }
}
