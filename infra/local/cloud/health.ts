import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a cloud answers at the endpoint: MiniStack's and LocalStack's health page, or at least any answer. */
export const isHealthy = async (endpoint: string, timeoutMs = 2_000): Promise<boolean> => {
  try {
    const answer = await fetch(new URL('/_localstack/health', endpoint), {
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.arrayBuffer();
    return answer.status < 500;
  } catch {
    return false;
  }
};

/**
 * Waits until the endpoint answers.
 * @param hasEnded tells that waiting is pointless
 * @returns false when the time is over or the process has ended
 */
export const waitUntilHealthy = async (
  endpoint: string,
  { seconds, hasEnded }: { seconds: number; hasEnded: () => boolean },
): Promise<boolean> => {
  const deadline = Date.now() + seconds * 1_000;
  while (Date.now() < deadline && !hasEnded()) {
    if (await isHealthy(endpoint)) return true;
    await sleep(100);
  }
  return false;
};
