import { request } from 'node:http';

/** The status of one request on a connection of its own; 0 where nothing answers. */
export function statusAt(address: string, port: number, path: string, method = 'GET'): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request({ host: address, port, path, method, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', () => resolve(0));
    outgoing.end();
  });
}
