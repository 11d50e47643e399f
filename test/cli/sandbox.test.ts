import { expect, test } from 'vitest';
import { runCommand, startCommand } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/temporary.ts';

interface Ready {
  readonly control: string;
  readonly aps: { readonly url: string; readonly clientId: string };
}

test('the simulators run on the ports that were asked for until they are interrupted', async () => {
  const port = String(await freePort());
  const first = startCommand([
    ...['sandbox', '--json', '--seed', 'a', '--aps-port', port],
    ...['--fault', '{"service":"aps","status":503}'],
  ]);
  await until(() => first.printed.out.includes('\n'));
  const ready = JSON.parse(first.printed.out) as Ready;
  expect(ready).toMatchObject({ ready: true, autoflex: { username: 'administrator' } });
  expect((await fetch(`${ready.aps.url}/project/v1/hubs`)).status).toBe(503);
  const taken = await runCommand(['sandbox', '--port', new URL(ready.control).port]);
  expect(taken).toMatchObject({ code: 1, out: '' });
  expect(taken.error).toContain('Choose another port.');
  first.process.kill('SIGINT');
  expect((await first.ended).code).toBe(130);

  const second = startCommand(['sandbox', '--seed', 'a', '--aps-port', port]);
  await until(() => new RegExp(`^ +client id +${ready.aps.clientId}$`, 'm').test(second.printed.out));
  expect(second.printed.out).toContain(ready.aps.url);
});

test.each([
  ['--port', '70000', 'needs a port'],
  ['--fault', '{"service":"aps","status":99}', 'needs JSON'],
  ['--behaviour', 'tokenLifetime=60', 'needs JSON'],
  ['--behaviour', '{"aps":{"tokenLifetime":"long"}}', 'tokenLifetime'],
])('%s %s is rejected as wrong usage', async (option, value, message) => {
  const { code, out, error } = await runCommand(['sandbox', option, value]);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(error).toContain(message);
});
