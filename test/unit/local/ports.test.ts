import { createServer, type AddressInfo } from 'node:net';
import { choosePort, isPortFree } from '../../../infra/local/cloud/ports.ts';

describe('the choice of a port', () => {
  it('is the wanted one when it is free', async () => {
    await expect(choosePort(4566, 3, async () => true)).resolves.toBe(4566);
  });

  it('is the first free one after it when it is taken', async () => {
    await expect(choosePort(4566, 5, async (port) => port >= 4568)).resolves.toBe(4568);
  });

  it('ends with an error that names the range and the mend when none is free', async () => {
    await expect(choosePort(4566, 3, async () => false)).rejects.toThrow(/4566 to 4568.*GATEWAY_PORT/);
  });

  it('never leaves the range of ports', async () => {
    await expect(choosePort(65_535, 10, async () => false)).rejects.toThrow(/65535 to 65535/);
  });

  it('sees a port that another socket listens on', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await isPortFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortFree(port)).toBe(true);
  });
});
