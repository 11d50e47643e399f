import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RingbackError } from '../../errors.ts';
import { tunnelMessages } from '../../messages/index.ts';
import type { ProxyRoute } from '../../ports.ts';
import { networkFailure } from '../../requests/index.ts';

/** A port of this computer whose connections lead through a proxy to one server. */
interface ProxyForwarder {
  readonly port: number;
  /** Complete: all its connections are closed. */
  close(): Promise<void>;
}

interface Server {
  /** For the message where the proxy does not connect. */
  readonly host: string;
  readonly port: number;
}

/**
 * For clients that know no proxies. The first connection is opened at once, so that a proxy which rejects it is reported
 * before anything else is started.
 */
export async function openProxyForwarder(route: ProxyRoute, { host, port }: Server): Promise<ProxyForwarder> {
  const streams = new Set<Duplex>();
  const connect = async (): Promise<Duplex> => {
    const stream = await route.connect();
    streams.add(stream);
    stream.once('close', () => streams.delete(stream)).on('error', () => {});
    return stream;
  };
  let ready: Duplex | undefined = await connect().catch((cause: unknown) => {
    const failure = { ...networkFailure(cause), proxy: route.name };
    throw new RingbackError('provider', tunnelMessages.proxyRejects({ host, port, ...failure }), { cause });
  });
  const carry = async (client: Socket): Promise<void> => {
    streams.add(client);
    client.once('close', () => streams.delete(client));
    const reused = ready?.destroyed === false ? ready : undefined;
    ready = undefined;
    try {
      const far = reused ?? (await connect());
      await Promise.all([pipeline(client, far), pipeline(far, client)]);
    } catch {
      client.destroy();
    }
  };
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => void carry(client));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const stream of streams) stream.destroy();
      return closed;
    },
  };
}
