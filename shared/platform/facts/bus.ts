import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';

export type BusEntry = { readonly source: string; readonly detailType: string; readonly detail: unknown };

/** EventBridge takes at most this many entries in one call. */
const ENTRIES_PER_CALL = 10;

/**
 * Puts the entries on the bus, in calls of ten. Throws when any entry was not taken, so that the caller's source
 * delivers again: consumers dedupe, a second copy is harmless, a lost fact is not.
 */
export const makeBus =
  (client: EventBridgeClient, busName: string) =>
  async (entries: readonly BusEntry[]): Promise<void> => {
    for (let start = 0; start < entries.length; start += ENTRIES_PER_CALL) {
      const call = entries.slice(start, start + ENTRIES_PER_CALL);
      const result = await client.send(
        new PutEventsCommand({
          Entries: call.map((entry) => ({
            EventBusName: busName,
            Source: entry.source,
            DetailType: entry.detailType,
            Detail: JSON.stringify(entry.detail),
          })),
        }),
      );
      if ((result.FailedEntryCount ?? 0) > 0) {
        const codes = (result.Entries ?? []).flatMap((entry) => entry.ErrorCode ?? []);
        throw new Error(
          `the bus did not take ${result.FailedEntryCount} of ${call.length} events: ${codes.join(', ')}`,
        );
      }
    }
  };
export type PutOnBus = ReturnType<typeof makeBus>;
