import type { Page } from 'playwright-core';
import { type Look, testLooks } from './support/look.ts';
import { busySample, emptySample, repairPlan, type Sample } from './support/sample.ts';
import { goTo, type WindowOptions } from './support/window.ts';

const filled = () => busySample(300);
const option = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text }).first();
const narrow: WindowOptions = { size: { width: 800, height: 600 } };

function troubled(): Sample {
  const sample = filled();
  sample.status.tunnel = {
    provider: 'localtunnel',
    state: 'down',
    problem: 'The tunnel server https://tunnel.example.net does not answer. It is tried again in 40 s.',
  };
  sample.status.warnings = [
    {
      at: new Date().toISOString(),
      message: 'The list of events was damaged. It was set aside and a new one started.',
    },
  ];
  sample.hookProblems = [
    {
      connection: 'connection-1',
      region: 'AUS',
      message: 'Autodesk answered 403: the application may not look there.',
    },
  ];
  return sample;
}

/** A server of one's own that is back and reachable, while a named tunnel is used. */
function fallenBack(): Sample {
  const sample = filled();
  const url = 'https://bell.example.com';
  sample.settings.tunnel = { provider: 'ssh', destination: 'bell@server.example.com', remotePort: 8080, url };
  sample.settings.tunnelFallbacks = [
    { provider: 'cloudflared', tunnel: 'bell', url: 'https://ring.example.com' },
    { provider: 'fixed', url: 'https://hooks.example.com' },
    { provider: 'localtunnel', host: 'https://tunnel.example.net', subdomain: 'bell-1942' },
  ];
  const problem = 'The server server.example.com does not give its port 8080: an earlier connection may still hold it.';
  const reserve = { used: false, proving: false } as const;
  sample.status.tunnel = {
    provider: 'cloudflared',
    state: 'up',
    url: 'https://ring.example.com',
    chain: [
      { provider: 'ssh', state: 'down', problem, ...reserve },
      { provider: 'cloudflared', state: 'up', url: 'https://ring.example.com', used: true, proving: false },
      { provider: 'fixed', state: 'up', url: 'https://hooks.example.com', ...reserve },
      { provider: 'localtunnel', state: 'waiting', ...reserve },
    ],
  };
  return sample;
}

const looks: readonly Look[] = [
  {
    name: 'settings-ways',
    sample: fallenBack,
    options: { size: { width: 1280, height: 1180 } },
    arrive: async (page) => {
      await goTo(page, 'Settings');
      await page.getByText('In reserve, not open').waitFor();
    },
  },
  {
    name: 'settings-add-way',
    sample: emptySample,
    options: narrow,
    arrive: async (page) => {
      await goTo(page, 'Settings');
      await page.getByRole('button', { name: 'Add tunnel' }).click();
      await page.getByRole('menuitem', { name: 'SSH' }).waitFor();
    },
  },
  { name: 'events', sample: filled, arrive: (page) => option(page, 'pump.ipt').waitFor() },
  {
    name: 'events-detail',
    sample: filled,
    arrive: async (page) => {
      await option(page, 'Translation').click();
      await page.getByText('Signature verified').waitFor();
    },
  },
  {
    name: 'events-body',
    sample: filled,
    arrive: async (page) => {
      await option(page, 'Translation').click();
      await page.getByRole('tab', { name: 'Body' }).click();
      await page.getByRole('button', { name: 'version: "1.0"' }).waitFor();
    },
  },
  {
    name: 'events-headers',
    sample: filled,
    arrive: async (page) => {
      await option(page, 'Translation').click();
      await page.getByRole('tab', { name: 'Headers' }).click();
      await page.getByText('x-adsk-signature').waitFor();
    },
  },
  {
    name: 'events-none-found',
    sample: filled,
    arrive: async (page) => {
      await page.getByLabel('Search events').fill('nothing like it');
      await page.getByText('No matching events').waitFor();
    },
  },
  {
    name: 'events-narrow',
    sample: filled,
    options: narrow,
    arrive: (page) => option(page, 'pump.ipt').waitFor(),
  },
  {
    name: 'events-detail-narrow',
    sample: filled,
    options: narrow,
    arrive: async (page) => {
      await option(page, 'Translation').click();
      await page.getByText('Signature verified').waitFor();
    },
  },
  {
    name: 'toast',
    sample: filled,
    arrive: async (page, host) => {
      await goTo(page, 'Hooks');
      const at = new Date().toISOString();
      host.say({
        type: 'notification',
        notification: { at, title: 'Tower.rvt: publishing queued', body: 'Structural' },
      });
      await page.getByText('Tower.rvt: publishing queued').waitFor();
    },
  },
  { name: 'events-trouble', sample: troubled, arrive: (page) => page.getByText('does not answer').first().waitFor() },
  { name: 'events-empty', sample: emptySample, arrive: (page) => page.getByText('Connect an account').waitFor() },
  {
    name: 'refused',
    sample: filled,
    arrive: async (page) => {
      await page.getByRole('tab', { name: 'Rejected deliveries' }).click();
      await page.getByText('re-serialised').waitFor();
    },
  },
  {
    name: 'refused-empty',
    sample: emptySample,
    arrive: async (page) => {
      await page.getByRole('tab', { name: 'Rejected deliveries' }).click();
      await page.getByText('No rejected deliveries').waitFor();
    },
  },
  {
    name: 'hooks',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await option(page, 'External').waitFor();
    },
  },
  {
    name: 'hooks-trouble-narrow',
    sample: troubled,
    options: narrow,
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await page.getByText('1 region couldn’t be checked').waitFor();
    },
  },
  {
    name: 'hooks-detail',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await option(page, 'Old address').click();
      await page.getByText('This hook uses an old address').waitFor();
    },
  },
  {
    name: 'hooks-repair',
    sample: () => ({ ...filled(), repairPlan }),
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await page.getByRole('button', { name: 'Check and repair' }).click();
      await page.getByRole('button', { name: 'Repair now' }).waitFor();
    },
  },
  {
    name: 'hooks-repairing',
    sample: () => {
      const sample = filled();
      const [first, second, third, fourth] = sample.hooks;
      if (first && second) Object.assign(second, { healing: 'move', current: false });
      if (third) Object.assign(third, { paused: undefined, status: 'inactive' });
      if (fourth) Object.assign(fourth, { problem: 'Autodesk does not allow this (HTTP 403).' });
      const waitingUntil = new Date(Date.now() + 40_000).toISOString();
      return { ...sample, healing: { running: true, done: 12, total: 40, waitingUntil } };
    },
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await page.getByText('12 of 40 steps done').waitFor();
      await option(page, 'Old address').last().click();
      await page.getByText('Acts as').waitFor();
    },
  },
  {
    name: 'hooks-history',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await page.getByRole('button', { name: 'History' }).click();
      await page.getByText('1 hook switched on again').click();
      await page.getByText('Switch on again: Publishing queued').waitFor();
    },
  },
  {
    name: 'hooks-remove-foreign',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await option(page, 'External').click();
      await page.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('dialog').getByText('I understand that this hook was created elsewhere').waitFor();
    },
  },
  {
    name: 'hooks-create',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await page.getByRole('button', { name: 'Create hook' }).click();
      await page.getByRole('combobox', { name: 'System' }).fill('data');
      await page.getByRole('combobox', { name: 'Events' }).click();
      await page.getByRole('option', { name: 'Version added dm.version.added', exact: true }).click();
      await page.getByText('A new version of a file exists.').waitFor();
    },
  },
  {
    name: 'hooks-empty',
    sample: emptySample,
    arrive: async (page) => {
      await goTo(page, 'Hooks');
      await page.getByText('Connect an account first').waitFor();
    },
  },
  {
    name: 'connections',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Connections');
      await page.getByText('Plant viewer').waitFor();
    },
  },
  {
    name: 'connections-form',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Connections');
      await page.getByRole('button', { name: 'Add connection' }).click();
      await page.getByLabel('Client secret').waitFor();
    },
  },
  {
    name: 'connections-empty',
    sample: emptySample,
    arrive: async (page) => {
      await goTo(page, 'Connections');
      await page.getByText('No connections yet').waitFor();
    },
  },
  {
    name: 'no-key',
    sample: filled,
    options: { path: '/' },
    arrive: (page) => page.getByText('Access token missing').waitFor(),
  },
  {
    name: 'settings',
    sample: filled,
    options: { size: { width: 1280, height: 1180 } },
    arrive: async (page) => {
      await goTo(page, 'Settings');
      await page.getByText('the keyring of this computer').waitFor();
    },
  },
  {
    name: 'settings-narrow',
    sample: emptySample,
    options: narrow,
    arrive: async (page) => {
      await goTo(page, 'Settings');
      await page.getByText('Callbacks cannot reach this computer.').waitFor();
    },
  },
];

testLooks(looks);
