import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';

/** The system takes none of these for an outgoing connection, nor where a program asks for any port. */
const reserved = { from: 20_000, to: 32_000 };

/** A port that was free a moment ago, and that nobody takes by chance meanwhile. */
export async function freePort(): Promise<number> {
  const port = randomInt(reserved.from, reserved.to);
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}

/** Whether this computer has the second loopback address. */
export const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
