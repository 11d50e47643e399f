import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { MethodName } from '../../../preload/contract/index.ts';
import { german } from '../../../renderer/languages/de/index.ts';
import { dutch } from '../../../renderer/languages/nl/index.ts';
import { english } from '../../../renderer/texts.en.ts';
import { backupSample } from './backup-sample.ts';
import { busySample, type Sample } from './sample.ts';
import type { Simulator } from './simulator.ts';
import { officeMembers, officeTeam, teamReplies } from './team-replies.ts';

type InEveryLanguage<T> = { readonly [K in keyof T]: T[K] extends string ? string : InEveryLanguage<T[K]> };
export type Texts = InEveryLanguage<typeof english>;

export const textsOf: Readonly<Record<'en' | 'nl' | 'de', Texts>> = {
  en: english,
  nl: dutch as unknown as Texts,
  de: german as unknown as Texts,
};

/** A page, or a dialog on it, by its address and by what is pressed there. */
interface Stop {
  readonly name: string;
  readonly view: string;
  press?(page: Page, texts: Texts): Promise<unknown>;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const item = (page: Page, name: string) => page.getByRole('menuitem', { name }).first().click();
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

/** Every page and every dialog of the window. */
export const stops: readonly Stop[] = [
  { name: 'home', view: '/home' },
  { name: 'inbox', view: '/home', press: (page) => page.locator('.inbox-bell').click() },
  { name: 'palette', view: '/home', press: (page) => page.keyboard.press('Control+k') },
  { name: 'shortcuts', view: '/home', press: (page) => page.keyboard.press('?') },
  { name: 'events', view: '/events' },
  { name: 'jump', view: '/events', press: (page, { jump }) => button(page, jump.title) },
  { name: 'views', view: '/events', press: (page, { views }) => button(page, views.title) },
  { name: 'event', view: '/events/event-4' },
  { name: 'event-body', view: '/events/event-4', press: (page, { event }) => tab(page, event.body) },
  { name: 'event-headers', view: '/events/event-4', press: (page, { event }) => tab(page, event.headers) },
  { name: 'send', view: '/events/event-4', press: (page, { sendEvent }) => button(page, sendEvent.open) },
  { name: 'rejected', view: '/events?tab=rejected&rejection=3' },
  { name: 'hooks', view: '/hooks' },
  { name: 'hook', view: '/hooks/hook-2' },
  { name: 'hook-external', view: '/hooks/hook-6' },
  { name: 'hook-form', view: '/hooks?form=hook' },
  { name: 'hook-pause', view: '/hooks/hook-2', press: (page, { hook }) => button(page, hook.pause) },
  {
    name: 'hook-edit',
    view: '/hooks/hook-2',
    press: async (page, { hook }) => {
      await button(page, hook.more);
      await item(page, hook.edit);
    },
  },
  { name: 'diagnosis', view: '/hooks/hook-2', press: (page, { doctor }) => button(page, doctor.button) },
  { name: 'bulk', view: '/hooks', press: (page, { hookBulk }) => button(page, hookBulk.open) },
  { name: 'repair', view: '/hooks', press: (page, { repair }) => button(page, repair.check) },
  { name: 'repairs', view: '/hooks', press: (page, { repair }) => button(page, repair.history) },
  { name: 'jobs', view: '/jobs' },
  { name: 'job', view: '/jobs/job-4' },
  { name: 'job-form', view: '/jobs?form=job' },
  { name: 'backups', view: '/backups' },
  { name: 'backup', view: '/backups/newest' },
  { name: 'backup-plan', view: '/backups', press: (page, { plan }) => button(page, plan.edit) },
  { name: 'backup-prune', view: '/backups', press: (page, { prune }) => button(page, prune.open) },
  { name: 'connections', view: '/connections' },
  { name: 'connection-form', view: '/connections?form=connection' },
  {
    name: 'connection-rename',
    view: '/connections',
    press: (page, { connections }) => button(page, connections.rename),
  },
  { name: 'connection-replace', view: '/connections', press: (page, texts) => button(page, texts.connections.replace) },
  {
    name: 'connection-remove',
    view: '/connections',
    press: (page, { connections }) => button(page, connections.remove),
  },
  { name: 'team', view: '/team' },
  { name: 'team-invite', view: '/team?form=invite' },
  { name: 'team-server', view: '/team?form=server' },
  { name: 'team-end', view: '/team', press: (page, { team }) => button(page, team.end) },
  { name: 'settings', view: '/settings' },
  {
    name: 'sink-form',
    view: '/settings',
    press: async (page, { sinks }) => {
      await button(page, sinks.add);
      await item(page, sinks.kinds.email);
    },
  },
  { name: 'export', view: '/settings', press: (page, { settings }) => button(page, settings.transfer.export) },
  { name: 'import', view: '/settings', press: (page, { settings }) => button(page, settings.transfer.import) },
  { name: 'licenses', view: '/settings', press: (page, { settings }) => button(page, settings.licenses.button) },
  { name: 'leave', view: '/settings', press: (page, { settings }) => button(page, settings.leave.button) },
];

/** A computer with something on every page. */
export function everythingSample(): Sample {
  const backups = backupSample();
  const sample = busySample(30);
  sample.status.desktop = true;
  sample.settings.notifications = { ...sample.settings.notifications, quietHours: { from: '22:00', to: '07:00' } };
  return { ...backups, ...sample, connections: [...sample.connections, ...backups.connections], ...backupsOf(backups) };
}

const backupsOf = ({ accounts, backups, pruning }: Sample) => ({ accounts, backups, pruning });

/** What a host with this sample answers besides. */
export function answerEverything(host: Simulator): void {
  for (const [method, reply] of Object.entries(teamReplies(officeTeam, officeMembers)))
    host.answer(method as MethodName, reply);
  const at = new Date().toISOString();
  host.answer('notifications.list', () => [
    {
      id: '2',
      at,
      title: 'Translation failed: Bracket v12.f3d',
      body: 'Not supported',
      outcome: 'failed',
      unseen: true,
    },
    { id: '1', at, title: '24 files added in Structural', body: 'The latest: pump.ipt', count: 24 },
  ]);
  host.answer('updates.status', () => ({ mode: 'install', state: 'none' }));
  host.answer('leave.preview', () => ({
    hooks: 5,
    folder: '/home/kim/.config/ringback',
    backups: '/home/kim/Backups',
  }));
}

/** Brings the page to a stop; what was open before is gone. */
export async function goToStop(page: Page, { view, press }: Stop, texts: Texts): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, view);
  await page.locator('h1').waitFor();
  await settled(page);
  if (!press) return;
  await press(page, texts);
  await settled(page);
}

/** Closes what lies over the page by a key. */
export async function leaveStop(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('[role="dialog"], [role="menu"]').count()).toBe(0);
  await page.evaluate(() => {
    location.hash = '/blank';
  });
}

/** Resolves once nothing is loading or moving any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('.mantine-Loader-root') === null &&
      document.getAnimations().every(({ effect }) => effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY),
  );
}
