import type { ProxyChoice } from './routes.ts';
import type { Transport, TransportOptions } from './transport.ts';

/** All requests that leave this computer are sent by it. */
export type Network = Transport;

interface NetworkOptions extends TransportOptions {
  /** Called once, before the first request. */
  prepare?(): void;
}

/** Loads the HTTP client with the first request, because it is a third of what a host would load at its start. */
export function createNetwork({ prepare, ...options }: NetworkOptions): Network {
  let choice: ProxyChoice | Promise<ProxyChoice> | undefined;
  let opened: Promise<Transport> | undefined;
  let isClosed = false;
  const open = async (): Promise<Transport> => {
    prepare?.();
    const { openTransport } = await import('./transport.ts');
    const transport = openTransport(options);
    if (choice !== undefined) transport.setProxy(choice);
    return transport;
  };
  const present = async (): Promise<Transport> => {
    if (isClosed && !opened) throw new Error('The network is closed.');
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    fetch: async (input, init) => (await present()).fetch(input, init),
    fetchFile: async (url, request) => (await present()).fetchFile(url, request),
    findProxy: async (target) => (await present()).findProxy(target),
    setProxy(next) {
      choice = next;
      // The requests that wait for it report the failure.
      Promise.resolve(next).catch(() => {});
      opened?.then(
        (transport) => transport.setProxy(next),
        () => {},
      );
    },
    async close() {
      isClosed = true;
      await (await opened)?.close();
    },
  };
}
