import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { apsWebhooks } from '../../main/connectors/aps-webhooks/connector.ts';
import { openApi } from '../../main/headless/api.ts';
import { startAps } from '../../main/sandbox/aps/index.ts';
import { startRelay } from '../../main/sandbox/relay/relay.ts';
import { fixedToken } from '../headless/caller.ts';
import { silentLog } from '../support/log.ts';
import { until } from '../support/temporary.ts';
import { openTestHost } from '../support/test-host.ts';
import { test } from './support/browser-test.ts';
import { goTo, keepShot, newPage } from './support/window.ts';

const windowFolder = join(import.meta.dirname, '../../out/renderer');

test('while the window is open the tunnel dies and returns elsewhere: that is told, the hooks move, and the next event arrives', async ({
  browser,
}) => {
  const aps = await startAps();
  onTestFinished(() => aps.stop());
  const relay = await startRelay();
  onTestFinished(() => relay.stop());
  const { engine, ask } = await openTestHost({ connectors: [apsWebhooks] });
  const token = randomBytes(32).toString('hex');
  const api = await openApi({ engine, port: 0, token: fixedToken(token), folder: windowFolder, log: silentLog });
  onTestFinished(() => api.close());
  await ask('settings.set', { tunnel: { provider: 'localtunnel', host: relay.url } });
  const tunnel = async () => (await ask('status.get', {})).tunnel;
  await until(async () => (await tunnel()).state === 'up');
  const { id: connection } = await ask('connections.add', {
    connector: 'aps-webhooks',
    settings: { clientId: aps.clientId, baseUrl: aps.url },
    secrets: { clientSecret: aps.clientSecret },
  });
  await ask('hooks.create', { connection, event: 'dm.version.added', scope: { folder: aps.project.folder } });
  const before = (await tunnel()).url;

  const page = await newPage(browser);
  await page.goto(`http://127.0.0.1:${api.port}/#token=${token}`);
  await page.getByText('Reachable').first().waitFor();

  await relay.kill();
  await page.getByText('Not reachable').first().waitFor();
  await until(async () => /does not answer|cannot be reached|connection/.test((await tunnel()).problem ?? ''));
  await keepShot(page, 'tunnel-down-light');
  await relay.restart();
  await page.getByText('Reachable', { exact: true }).first().waitFor();
  await until(async () => (await tunnel()).state === 'up' && (await tunnel()).url !== before);

  await goTo(page, 'Hooks');
  await page.getByRole('main').getByText('1 hook moved to the new address').last().waitFor();
  await until(() => aps.hooks().every(({ callbackUrl }) => !String(callbackUrl).startsWith(String(before))));
  await keepShot(page, 'tunnel-back-light');
  await goTo(page, 'Events');
  await aps.upload({ name: 'Afterwards.rvt' });
  await page.getByText('Afterwards.rvt: version 1 added').first().waitFor();
});
