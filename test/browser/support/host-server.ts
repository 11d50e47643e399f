import { createServer, type RequestListener } from 'node:http';
import { listening } from '../../support/listening.ts';

/** A server at an address of its own, whose requests go to one listener after another. It keeps no process running. */
export interface HostServer {
  readonly origin: string;
  /** Sends the requests that come from now on there; without a listener they are cut off. */
  serve(listener?: RequestListener): void;
  /** Ends every connection. */
  cut(): void;
  close(): Promise<void>;
}

/** Opens a server of this computer, which cuts every request off at first. */
export async function openHostServer(): Promise<HostServer> {
  const cutOff: RequestListener = (request) => void request.socket.destroy();
  let listener = cutOff;
  const server = createServer((request, response) => listener(request, response));
  const origin = await listening(server);
  server.unref();
  const cut = () => server.closeAllConnections();
  return {
    origin,
    serve(next = cutOff) {
      listener = next;
    },
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
