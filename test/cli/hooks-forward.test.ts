import { expect, test } from 'vitest';
import { openBellHost } from '../support/bell-host.ts';
import { openControl, runCommand } from '../support/command.ts';
import { openHandler } from '../support/handler.ts';
import { until } from '../support/temporary.ts';

test('a hook forwards to the address that was named, several events at once, until it is ended', async () => {
  const { host, ring } = await openBellHost();
  const folder = await openControl(host);
  const handler = await openHandler();
  const [hook] = await host.ask('hooks.list', {});
  const words = ['hooks', 'forward', hook?.id ?? ''];
  const set = await runCommand([...words, handler.url, '--order', 'parallel', '--json'], { folder });
  expect(set).toMatchObject({ code: 0, error: '' });
  expect(set.json()).toEqual({ url: handler.url, enabled: true, signed: false, order: 'parallel' });
  await ring({ name: 'one' });
  await until(() => handler.requests.length === 1);
  expect(await runCommand([...words, '--order', 'ordered'], { folder })).toMatchObject({
    out: `Forwards to ${handler.url}, in order\n`,
  });
  expect(await runCommand([...words, '--off'], { folder })).toMatchObject({ code: 0, out: 'Forwards nothing\n' });
  expect((await host.ask('hooks.list', {}))[0]?.forward).toBeUndefined();
});

test('without a URL a disabled forwarding stays disabled, and a URL enables it', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const [hook] = await host.ask('hooks.list', {});
  const id = hook?.id ?? '';
  const url = 'http://localhost:3000/callback';
  await host.ask('hooks.update', { id, forward: { url, enabled: false } });
  const words = ['hooks', 'forward', id];
  const changed = await runCommand([...words, '--order', 'ordered'], { folder });
  expect(changed).toMatchObject({ code: 0, out: `Forwards nothing: ${url} is disabled\n` });
  expect((await host.ask('hooks.list', {}))[0]?.forward).toMatchObject({ url, enabled: false, order: 'ordered' });
  await runCommand([...words, url], { folder });
  expect((await host.ask('hooks.list', {}))[0]?.forward).toMatchObject({ url, enabled: true, order: 'ordered' });
});

test('an order that does not exist, and no address at all, are wrong usage', async () => {
  const { host } = await openBellHost();
  const folder = await openControl(host);
  const [hook] = await host.ask('hooks.list', {});
  const words = ['hooks', 'forward', hook?.id ?? ''];
  const wrong = await runCommand([...words, 'http://localhost:3000', '--order', 'random'], { folder });
  expect(wrong).toMatchObject({ code: 2, out: '' });
  expect(wrong.error).toContain('--order <order> cannot be "random". Choose one of: ordered, parallel\n');
  expect(await runCommand(words, { folder })).toMatchObject({ code: 2, out: '' });
});
