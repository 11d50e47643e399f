import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const folder = new URL('../fixtures/certificates/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** The file of "ACME Inspection CA", an authority no computer trusts. */
export const authorityFile = fileURLToPath(new URL('authority.pem', folder));

/** For localhost, api.acme.example and proxy.acme.example, signed by that authority; for tests alone. */
export const serverIdentity = { cert: read('server.pem'), key: read('server.key') };

/** Until the test ends, this process trusts the authority. */
export function trustAuthority(): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, read('authority.pem')]);
  onTestFinished(() => setDefaultCACertificates(before));
}

/** An https server on loopback; closed when the test ends. */
export async function serveSecurely(listener: RequestListener): Promise<{ port: number; server: Server }> {
  const server = createServer(serverIdentity, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { port: (server.address() as AddressInfo).port, server };
}
