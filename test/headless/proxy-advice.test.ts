import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { openTestHost } from '../support/test-host.ts';

interface Program {
  /** The rules as a whole configuration, which listens on the port. */
  configure(rules: string, folder: string, port: number, receiver: number): string;
  run(file: string, folder: string): readonly string[];
}

const apacheModules = ['mpm_event', 'authz_core', 'proxy', 'proxy_http', 'rewrite'];
const paths = (folder: string): string =>
  ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');

const programs: Readonly<Record<string, Program>> = {
  nginx: {
    configure: (rules, folder, port) => `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http { access_log off; ${paths(folder)} server { listen 127.0.0.1:${port}; ${rules} } }`,
    run: (file, folder) => ['-p', folder, '-c', file],
  },
  caddy: {
    configure: (rules, folder, port) =>
      `{\n\tadmin off\n\tstorage file_system ${folder}/caddy\n}\nhttp://127.0.0.1:${port} {\n${rules}\n}\n`,
    run: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
  haproxy: {
    configure: (rules, _folder, port, receiver) => `defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
frontend public
  bind 127.0.0.1:${port}
  ${rules}
  default_backend ringback
backend ringback
  server ringback 127.0.0.1:${receiver}
`,
    run: (file) => ['-db', '-f', file],
  },
  apache2: {
    configure: (rules, folder, port) => `ServerName localhost
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
DefaultRuntimeDir ${folder}
User www-data
Group www-data
${apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Listen 127.0.0.1:${port}
${rules}
`,
    run: (file, folder) => ['-d', folder, '-f', file, '-X'],
  },
};

interface Mistake {
  readonly program: string;
  /** The path of the public URL. */
  readonly path: string;
  /** The rules with the mistake, which send to `RECEIVER`. */
  readonly rules: string;
  /** Where the mistake stays beside the advice, as a rule that goes before it. */
  readonly stays?: true;
}

const mistakes: readonly Mistake[] = [
  { program: 'nginx', path: '', rules: 'location / { proxy_pass http://RECEIVER/hooks/; }' },
  { program: 'nginx', path: '/hooks', rules: 'location /hooks/ { proxy_pass http://RECEIVER; }' },
  { program: 'nginx', path: '/hooks', rules: 'location /hooks { proxy_pass http://RECEIVER/; }' },
  { program: 'nginx', path: '', rules: 'location / { rewrite ^(.*)$ $1/end break; proxy_pass http://RECEIVER; }' },
  { program: 'nginx', path: '/a/b', rules: 'location /a/ { proxy_pass http://RECEIVER/; }' },
  { program: 'caddy', path: '', rules: 'rewrite * /hooks{uri}\nreverse_proxy RECEIVER' },
  { program: 'caddy', path: '/hooks', rules: 'reverse_proxy RECEIVER' },
  { program: 'caddy', path: '', rules: 'rewrite * {path}/end\nreverse_proxy RECEIVER' },
  { program: 'haproxy', path: '', rules: 'http-request set-path /hooks%[path]', stays: true },
  { program: 'haproxy', path: '/hooks', rules: '' },
  { program: 'haproxy', path: '', rules: 'http-request set-path /%[path]', stays: true },
  { program: 'haproxy', path: '/hooks', rules: 'http-request set-path %[path]/end', stays: true },
  { program: 'apache2', path: '', rules: 'ProxyPass "/" "http://RECEIVER/hooks/"' },
  { program: 'apache2', path: '/hooks', rules: 'ProxyPass "/hooks" "http://RECEIVER/hooks"' },
  { program: 'apache2', path: '/hooks', rules: 'ProxyPass "/hooks" "http://RECEIVER/"' },
];
const titles: Readonly<Record<string, string>> = {
  nginx: 'nginx',
  caddy: 'Caddy',
  haproxy: 'HAProxy',
  apache2: 'Apache',
};

for (const [program, { configure, run }] of Object.entries(programs)) {
  const isInstalled = spawnSync(program, ['-v']).error === undefined;
  const own = mistakes.filter((mistake) => mistake.program === program);
  test.skipIf(!isInstalled).for(own)(
    `the diagnosis shows the rule that corrects $program with $rules at "$path"`,
    async (mistake) => {
      const { path, rules: wrong, stays } = mistake;
      const host = await openTestHost({ connectors: [], tunnelTimings: { pause: 0, minRetryDelay: 50 } });
      const receiver = (await host.ask('status.get', {})).receiver.port;
      const [folder, port] = [await temporaryFolder(), await freePort()];
      const start = async (given: string): Promise<() => Promise<void>> => {
        const file = join(folder, 'configuration');
        await writeFile(file, configure(given.replaceAll('RECEIVER', `127.0.0.1:${receiver}`), folder, port, receiver));
        const child = spawn(program, run(file, folder), { env: { ...process.env, HOME: folder } });
        return untilListening(child, port);
      };
      const stop = await start(wrong);
      const settings = { tunnel: { provider: 'fixed', url: `http://127.0.0.1:${port}${path}` } } as const;
      await host.ask('settings.set', settings);
      await until(async () => (await host.ask('status.get', {})).tunnel.state === 'down');
      const { findings } = await host.ask('doctor.run', {});
      const advice = findings.find(({ check }) => check === 'routing')?.advice ?? '';
      const rules = advice.split(/^(?=\w+: )/m).map((one) => one.trim());
      const rule = rules.find((one) => one.startsWith(`${titles[program]}: `))?.replace(/^\w+: /, '') ?? '';
      expect(rule).not.toBe('');
      await stop();
      await start(stays ? `${wrong}\n  ${rule}` : rule);
      await host.ask('settings.set', { tunnel: { provider: 'off' } });
      await host.ask('settings.set', settings);
      await until(async () => (await host.ask('status.get', {})).tunnel.state === 'up');
    },
  );
}

/** Resolves once it listens, with what ends it. */
async function untilListening(child: ChildProcess, port: number): Promise<() => Promise<void>> {
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      printed += text;
    });
  const ended = once(child, 'close');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(stop);
  await until(async () => {
    const { exitCode, signalCode } = child;
    if (exitCode !== null || signalCode !== null)
      throw new Error(`It ended with ${exitCode ?? signalCode}: ${printed}`);
    return fetch(`http://127.0.0.1:${port}/none`).then(
      () => true,
      () => false,
    );
  });
  return stop;
}
