/** What an endpoint answers. A body that is a string goes out as it is; anything else as JSON. */
export type Reply = {
  readonly status: number;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const reply = (status: number, body: unknown): Reply => ({ status, body });
