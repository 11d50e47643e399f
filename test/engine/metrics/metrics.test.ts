import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBellHost } from '../../support/bell-host.ts';
import { until } from '../../support/temporary.ts';
import type { TestHost } from '../../support/test-host.ts';

/** The values by name and labels, such as `ringback_hooks{state="active"}`. */
async function readMetrics({ ask }: TestHost): Promise<ReadonlyMap<string, number>> {
  const { text } = await ask('metrics.read', {});
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))] as const;
    }),
  );
}

test('deliveries are counted by outcome, and accepted ones are timed', async () => {
  const { host, ring } = await openBellHost();
  await ring({ name: 'one' });
  await ring({ name: 'two' });
  const [hook] = await host.ask('hooks.list', {});
  expect((await fetch(hook?.callbackUrl ?? '', { method: 'POST', body: '{}' })).status).toBe(401);
  const tooLarge = await fetch(hook?.callbackUrl ?? '', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
  expect(tooLarge.status).toBe(413);
  const metrics = await readMetrics(host);
  const outcome = (name: string) => metrics.get(`ringback_deliveries_total{outcome="${name}"}`);
  expect(['accepted', 'rejected', 'too_large', 'unavailable'].map(outcome)).toEqual([2, 1, 1, 0]);
  expect(metrics.get('ringback_delivery_duration_seconds_count')).toBe(2);
  expect(metrics.get('ringback_events_total')).toBe(2);
});

test('the state of tunnel, hooks and queues is read when the figures are', async () => {
  const { host, ring } = await openBellHost({ hooks: 2 });
  await ring({ name: 'one' });
  await until(async () => (await readMetrics(host)).get('ringback_queue_length{queue="notifications"}') === 0);
  const metrics = await readMetrics(host);
  expect(metrics.get('ringback_info{version="0.0.0-test"}')).toBe(1);
  expect(metrics.get('ringback_hooks{state="active"}')).toBe(2);
  expect(metrics.get('ringback_tunnel_up')).toBe(1);
  await host.ask('settings.set', { tunnel: { provider: 'off' } });
  expect((await readMetrics(host)).get('ringback_tunnel_up')).toBe(0);
});

test('the dashboard shows figures that exist', async () => {
  const { host } = await openBellHost();
  const { text } = await host.ask('metrics.read', {});
  const dashboard = await readFile(join(import.meta.dirname, '../../../build/grafana/ringback.json'), 'utf8');
  const { panels } = JSON.parse(dashboard) as { panels: { targets: { expr: string }[] }[] };
  const names = panels
    .flatMap(({ targets }) => targets)
    .flatMap(({ expr }) => expr.match(/\b(ringback|process)_\w+/g) ?? []);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) expect(text).toMatch(new RegExp(`^# TYPE ${name.replace(/_bucket$/, '')} `, 'm'));
});
