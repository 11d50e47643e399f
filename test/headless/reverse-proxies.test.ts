import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bodyLimit, openReceiver } from '../../main/engine/ingress/receiver.ts';
import type { CallbackRequest } from '../../main/engine/ingress/route.ts';
import { authorityFile, serverIdentity } from '../support/certificates.ts';
import { freePort } from '../support/free-port.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

const snippets = resolve(import.meta.dirname, '../../build/server/proxies');
const key = '0123456789abcdef0123456789abcdef';

interface Proxy {
  readonly program: string;
  readonly snippet: string;
  /** The whole configuration around the snippet. */
  configure(snippet: string, folder: string, port: number): string;
  /** The parameters that run it in the foreground. */
  run(file: string, folder: string): readonly string[];
}

const apacheModules = ['mpm_event', 'authz_core', 'alias', 'socache_shmcb', 'ssl', 'http2', 'proxy', 'proxy_http'];

const proxies: readonly Proxy[] = [
  {
    program: 'nginx',
    snippet: 'nginx.conf',
    configure: (snippet, folder) => `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
${snippet} }`,
    run: (file, folder) => ['-p', folder, '-c', file],
  },
  {
    program: 'caddy',
    snippet: 'Caddyfile',
    configure: (snippet, folder, port) =>
      `{\n\tadmin off\n\tauto_https disable_redirects\n\tstorage file_system ${folder}/caddy\n}\n${snippet.replace('ringback.example.com {', `localhost:${port} {`)}`,
    run: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
  {
    program: 'haproxy',
    snippet: 'haproxy.cfg',
    configure: (snippet) => snippet.replace('option httpchk GET /healthz\n', '\n'),
    run: (file) => ['-db', '-f', file],
  },
  {
    program: 'apache2',
    snippet: 'apache.conf',
    configure: (snippet, folder, port) => `ServerName localhost
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
User www-data
Group www-data
${apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Listen ${port}
${snippet}`,
    run: (file, folder) => ['-d', folder, '-f', file, '-X'],
  },
];

for (const proxy of proxies) {
  const isInstalled = spawnSync(proxy.program, ['-v']).error === undefined;
  test.skipIf(!isInstalled)(`callbacks arrive unchanged through ${proxy.program} with TLS and HTTP/2`, async () => {
    const arrivals: CallbackRequest[] = [];
    const receiver = await openReceiver({
      port: 0,
      match: () => ({
        tooLarge: () => {},
        async receive(request) {
          arrivals.push(request);
          return { status: 204 };
        },
      }),
    });
    onTestFinished(() => receiver.close());
    const port = await startProxy(proxy, receiver.port);
    const body = Buffer.alloc(bodyLimit, 'ü\r\n{"a": 1}');
    const header = 'h'.repeat(7 * 1024);
    const answered = await request(port, `/in/${key}`, { 'x-long-one': header, 'x-long-two': header }, body);
    expect(answered).toBe(204);
    const [arrival] = arrivals;
    expect(arrival).toMatchObject({ key, rest: '', headers: { 'x-long-one': header, 'x-long-two': header } });
    const digest = (bytes: Uint8Array = new Uint8Array()): string => createHash('sha256').update(bytes).digest('hex');
    expect(digest(arrival?.body)).toBe(digest(body));
    expect(await request(port, '/healthz', {})).toBe(404);
    expect(await request(port, '/', {})).toBe(404);
    expect(arrivals).toHaveLength(1);
  });
}

/** Runs the proxy with its snippet, in which names, ports and files are replaced; gives its port. */
async function startProxy(proxy: Proxy, receiverPort: number): Promise<number> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const { cert, key: privateKey } = serverIdentity;
  const files = { 'fullchain.pem': cert, 'privkey.pem': privateKey, 'both.pem': `${cert}\n${privateKey}` };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const snippet = (await readFile(join(snippets, proxy.snippet), 'utf8'))
    .replaceAll('/etc/ssl/ringback/', `${folder}/`)
    .replaceAll('127.0.0.1:8300', `127.0.0.1:${receiverPort}`)
    .replace(/(listen |bind :|VirtualHost \*:)443/, `$1${port}`)
    .replace(/(server_name|ServerName) ringback\.example\.com/, '$1 localhost');
  const file = join(folder, 'configuration');
  await writeFile(file, proxy.configure(snippet, folder, port));
  const child = spawn(proxy.program, proxy.run(file, folder), { env: { ...process.env, HOME: folder } });
  await untilAnswering(child, port);
  return port;
}

async function untilAnswering(child: ChildProcess, port: number): Promise<void> {
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      printed += text;
    });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  // A port that is open may still be closed again: Apache reads its configuration twice.
  await until(async () => {
    const { exitCode, signalCode } = child;
    if (exitCode !== null || signalCode !== null)
      throw new Error(`It ended with ${exitCode ?? signalCode}: ${printed}`);
    return (await request(port, '/', {}).catch(() => 0)) === 404;
  });
}

/** One request over HTTP/2; gives its status. */
async function request(port: number, path: string, headers: Record<string, string>, body?: Buffer): Promise<number> {
  const session = connectHttp2(`https://localhost:${port}`, { ca: await readFile(authorityFile) });
  const failed = once(session, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  const stream = session.request({ ':method': body ? 'POST' : 'GET', ':path': path, ...headers });
  stream.end(body);
  const answered = once(stream, 'response').then(([answer]) => Number(answer[':status']));
  try {
    return await Promise.race([answered, failed]);
  } finally {
    stream.resume();
    session.destroy();
  }
}
