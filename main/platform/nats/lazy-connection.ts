import type { ConnectBroker } from '../../engine/broker.ts';

/** Loads what speaks to NATS with the first connection: most hosts are in no team. */
export const connectNats: ConnectBroker = (options) => {
  const connecting = import('./connection.ts').then((loaded) => loaded.connectNats(options));
  return {
    wake: () => void connecting.then((connection) => connection.wake()),
    close: async () => (await connecting).close(),
  };
};
