import { expect } from 'vitest';
import { test } from './support/browser-test.ts';
import { weeksOfEvents } from './support/home-sample.ts';
import { closeDialog } from './support/keyboard.ts';
import { type Look, testLooks } from './support/look.ts';
import { busySample, emptySample } from './support/sample.ts';
import { goTo, openWindow } from './support/window.ts';

const first = { view: '' };

test('the first page says what needs attention, and leads there', async ({ browser }) => {
  await using window = await openWindow(browser, weeksOfEvents(), first);
  const { page, host } = window;
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await attention.getByText('Bracket v12.f3d').waitFor();
  await attention.getByRole('button', { name: '1 job is taking much longer than usual' }).waitFor();
  await attention.getByRole('button', { name: '1 job failed in the last 24 hours' }).click();
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/jobs/job-5`);
  await page.goBack();
  await page
    .getByRole('list', { name: 'Events per day' })
    .getByRole('button', { name: /^Today: / })
    .click();
  await expect.poll(() => page.url()).toMatch(/#\/events\?q=since:\d{4}-\d\d-\d\d\+until:\d{4}-\d\d-\d\d$/);
});

test('the first page lists the latest events, each of which opens', async ({ browser }) => {
  await using window = await openWindow(browser, busySample(30), first);
  const { page, host } = window;
  const latest = page.getByRole('region', { name: 'Latest events' });
  await latest.getByRole('listitem').first().waitFor();
  await expect.poll(() => latest.getByRole('listitem').count()).toBe(8);
  await latest.getByRole('button', { name: 'Publishing queued: Tower.rvt' }).first().click();
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/events/event-1`);
  await page.goBack();
  await latest.getByRole('button', { name: 'All events' }).click();
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/events`);
});

test('what needs attention is marked in the navigation on every page', async ({ browser }) => {
  const sample = busySample(5);
  const [connection] = sample.connections;
  if (connection) Object.assign(connection, { signIn: { state: 'needed' } });
  await using window = await openWindow(browser, sample, { view: '/settings' });
  const { page, host } = window;
  const navigation = page.getByRole('navigation');
  await navigation.getByRole('img', { name: 'A hook needs attention' }).waitFor();
  await navigation.getByRole('img', { name: 'A connection needs its sign-in or secrets' }).waitFor();
  for (const hook of host.sample.hooks) Object.assign(hook, { status: 'active', paused: false });
  host.say({ type: 'hooks' });
  await navigation.getByRole('img', { name: 'A hook needs attention' }).waitFor({ state: 'detached' });
});

test('a newcomer chooses what to connect, and ends with a test event on the real way', async ({ browser }) => {
  const sample = emptySample();
  await using window = await openWindow(browser, sample, first);
  const { page, host } = window;
  await page.getByText('RINGBACK_SANDBOX=1 ringback up').waitFor();
  await page.getByRole('button', { name: 'Autoflex10' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'User name' }).waitFor();
  await expect.poll(() => page.url()).toBe(`${host.origin}/#/connections?form=connection&connector=autoflex`);
  await closeDialog(page);

  const { connections, hooks } = busySample(0);
  Object.assign(sample, { connections, hooks, status: busySample(0).status });
  host.answer('samples.send', () => ({ deliveryId: 'sample-1' }));
  host.say({ type: 'ready' });
  await goTo(page, 'Home');
  await page.getByRole('button', { name: 'Send a test event' }).click();
  await page.getByText('It appears here in a moment').waitFor();
  await expect
    .poll(() => host.asked.findLast(({ method }) => method === 'samples.send')?.input)
    .toEqual({ hook: 'hook-1' });
});

test('a member of a team sees its home without connections, and a failed answer can be asked again', async ({
  browser,
}) => {
  await using window = await openWindow(browser, emptySample(), { view: 'settings' });
  const { page, host } = window;
  host.answer('team.status', () => ({ role: 'member', state: 'up', behind: 0 }));
  host.answer('hooks.list', () => {
    throw { code: 'offline', message: 'The engine does not answer.' };
  });
  await page.reload();
  await goTo(page, 'Home');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  host.answer('hooks.list', () => []);
  await again.click();
  await page.getByText('Nothing needs your attention.').waitFor();
});

const sizes = { wide: [1280, 800], medium: [900, 600], phone: [390, 800] } as const;
const looks: readonly Look[] = [
  {
    name: 'home-german',
    sample: () => ({ ...weeksOfEvents(), settings: { ...weeksOfEvents().settings, language: 'de' } }),
    options: { ...first, size: { width: 1280, height: 1000 } },
    arrive: (page) => page.getByRole('heading', { name: 'Braucht Aufmerksamkeit' }).waitFor(),
  },
  ...Object.entries(sizes).map(
    ([name, [width, height]]): Look => ({
      name: `home-${name}`,
      sample: weeksOfEvents,
      options: { ...first, size: { width, height } },
      arrive: (page) => page.getByText('Bracket v12.f3d').first().waitFor(),
    }),
  ),
  {
    name: 'home-empty',
    sample: emptySample,
    options: first,
    arrive: (page) => page.getByRole('button', { name: 'Autoflex10' }).waitFor(),
  },
  {
    name: 'home-steps',
    sample: () => ({ ...busySample(0), events: [] }),
    options: { ...first, size: { width: 900, height: 600 } },
    arrive: (page) => page.getByRole('button', { name: 'Send a test event' }).waitFor(),
  },
];
testLooks(looks);
