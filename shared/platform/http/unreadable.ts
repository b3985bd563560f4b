/** Thrown where a part of the request turns out not to be readable below the handler (a cursor, say): answered with 400. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly at: string;
  constructor(at: string, message: string) {
    super(message);
    this.at = at;
  }
}
