import type { ConnectBroker } from '../../engine/broker.ts';

/** Loads the NATS client for the first connection, since most hosts are not in a team. */
export const connectNats: ConnectBroker = (options) => {
  const connecting = import('./connection.ts').then((loaded) => loaded.connectNats(options));
  return {
    wake: () => void connecting.then((connection) => connection.wake()),
    close: async () => (await connecting).close(),
  };
};
