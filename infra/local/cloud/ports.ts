import { createServer } from 'node:net';
import { LocalCloudError } from './failure.ts';

/** Whether this process may listen on the port of the loopback address now. */
export const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });

/**
 * The wanted port, or the first free one after it.
 * @param attempts how many ports to try, the wanted one included
 * @throws LocalCloudError when none of them is free
 */
export const choosePort = async (wanted: number, attempts = 50, isFree = isPortFree): Promise<number> => {
  for (let port = wanted; port < wanted + attempts && port <= 65_535; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new LocalCloudError(
    `No free port from ${wanted} to ${Math.min(wanted + attempts - 1, 65_535)} on 127.0.0.1.`,
    'Free one, or choose another start with GATEWAY_PORT (cloud) or PORT (front door).',
  );
};
