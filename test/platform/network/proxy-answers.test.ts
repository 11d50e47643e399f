import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { describeUnreachable } from '../../../main/engine/requests/index.ts';
import { createNetwork } from '../../../main/platform/network/index.ts';
import { serveSecurely, trustAuthority } from '../../support/certificates.ts';

const reasonOf = (error: unknown): string => describeUnreachable(error).text;

type Answer = (client: Socket, targetPort: number) => void;

/** A proxy that receives one request for each connection and answers it as it likes. */
async function startProxy(answer: Answer, targetPort = 0): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => {}).once('data', () => answer(client, targetPort));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

function openNetwork(proxy: string, timeout = 5_000) {
  const network = createNetwork({ system: { environment: { https_proxy: proxy, http_proxy: proxy } }, timeout });
  onTestFinished(() => network.close());
  return network;
}

/** Lets the client speak to the target after this head. */
const tunnelWith =
  (head: string): Answer =>
  (client, port) => {
    const target = connect(port, '127.0.0.1', () => {
      client.write(head);
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
  };

test.for([
  ['HTTP/1.0', 'HTTP/1.0 200 Connection established\r\nProxy-agent: old\r\n\r\n'],
  ['lines that end with a bare LF', 'HTTP/1.0 200 OK\n\n'],
  ['no reason', 'HTTP/1.1 200\r\n\r\n'],
  ['a length, which means nothing', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'],
  ['chunks, which mean nothing', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
] as const)('a tunnel is used whose proxy accepts it with %s', async ([, head]) => {
  trustAuthority();
  const { port } = await serveSecurely((_, response) => response.end('arrived'));
  const proxy = await startProxy(tunnelWith(head), port);
  const { fetch, fetchFile } = openNetwork(`127.0.0.1:${proxy}`);
  const url = `https://api.acme.example:${port}/`;
  expect(await (await fetch(url)).text()).toBe('arrived');
  const { status } = await fetchFile(url, { headers: {}, signal: AbortSignal.timeout(5_000) });
  expect(status).toBe(200);
});

const end =
  (text: string): Answer =>
  (client) =>
    void client.end(text);

const tunnelFailures = [
  ['an empty answer', (client) => void client.destroy(), 'no connection to the proxy %s: connection closed'],
  ['half a head', end('HTTP/1.1 20'), 'no connection to the proxy %s: connection closed'],
  ['another protocol', end('SSH-2.0-OpenSSH_9.6\r\n'), 'no connection to the proxy %s: its response is not HTTP'],
  [
    'endless headers',
    end(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}`),
    'no connection to the proxy %s: the headers of its response are too long',
  ],
  ['a redirect', end('HTTP/1.1 302 Found\r\n\r\n'), 'the proxy %s rejected the connection with status 302'],
  ['silence', () => {}, 'no connection to the proxy %s: timed out'],
  [
    'a tunnel that it closes',
    end('HTTP/1.1 200 OK\r\n\r\n'),
    'TLS handshake failed: connection closed, through the proxy %s',
  ],
  [
    'a tunnel to a page of its own',
    end('HTTP/1.1 200 OK\r\n\r\n<html>This site is blocked.</html>'),
    'TLS handshake failed: the response is not encrypted, through the proxy %s',
  ],
  [
    'a demand for another kind of sign-in',
    end('HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Negotiate abc==\r\n\r\n'),
    'the proxy %s offers sign-in by NTLM, Negotiate alone, and Ringback knows Basic',
  ],
  [
    'a demand for sign-in again',
    end('HTTP/1.1 407 No\r\nProxy-Authenticate: Digest realm="a, b", nonce="c", Basic realm="d"\r\n\r\n'),
    'the proxy %s does not accept the user name and password; check Settings → Network',
  ],
] as const satisfies readonly (readonly [string, Answer, string])[];

test.for(tunnelFailures)('a proxy that answers CONNECT with %s is named', async ([, answer, text]) => {
  const proxy = await startProxy(answer);
  const { fetch, fetchFile } = openNetwork(`http://ACME\\ann:pa#ss/wo@rd@127.0.0.1:${proxy}`, 300);
  const failures = await Promise.all([
    fetch('https://api.acme.example/').catch(reasonOf),
    fetchFile('https://api.acme.example/', { headers: {}, signal: AbortSignal.timeout(5_000) }).catch(reasonOf),
  ]);
  expect(failures).toEqual(Array(2).fill(text.replace('%s', `127.0.0.1:${proxy}`)));
});

test('a proxy that breaks off while it forwards a request is named', async () => {
  const proxy = await startProxy((client) => void client.destroy());
  const { fetch, fetchFile } = openNetwork(`127.0.0.1:${proxy}`);
  const text = `no connection to the proxy 127.0.0.1:${proxy}: connection closed`;
  expect(await fetch('http://api.acme.example/').catch(reasonOf)).toBe(text);
  const request = { headers: {}, signal: AbortSignal.timeout(5_000) };
  expect(await fetchFile('http://api.acme.example/', request).catch(reasonOf)).toBe(text);
});

test("a deadline of the caller's names the proxy that it waited for", async () => {
  const proxy = await startProxy(() => {});
  const { fetch } = openNetwork(`127.0.0.1:${proxy}`);
  const failure = fetch('https://api.acme.example/', { signal: AbortSignal.timeout(100) });
  expect(await failure.catch(reasonOf)).toBe(`no connection to the proxy 127.0.0.1:${proxy}: timed out`);
});

test.for(['http://ann:secret@', 'proxy.example:99999', 'http:proxy.example:3128', '::1'])(
  'a request does not go past the proxy "%s", which names none',
  async (proxy) => {
    const { fetch } = openNetwork(proxy);
    const failure = await fetch('https://api.acme.example/').catch(reasonOf);
    expect(failure).toBe("the system's proxy configuration cannot be read");
  },
);
