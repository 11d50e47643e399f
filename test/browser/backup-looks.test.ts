import type { Page } from 'playwright-core';
import { backupSample, troubledSample } from './support/backup-sample.ts';
import { type Look, testLooks } from './support/look.ts';
import { emptySample } from './support/sample.ts';
import { goTo, type WindowOptions } from './support/window.ts';

const narrow: WindowOptions = { size: { width: 800, height: 600 } };

async function openBackup(page: Page, text: string, seen: string): Promise<void> {
  await goTo(page, 'Backups');
  await page.getByRole('option').filter({ hasText: text }).first().click();
  await page.getByRole('region', { name: 'Backup', exact: true }).getByText(seen).first().waitFor();
}

const looks: readonly Look[] = [
  {
    name: 'backups',
    sample: backupSample,
    arrive: async (page) => {
      await goTo(page, 'Backups');
      await page.getByText('43% ·').first().waitFor();
    },
  },
  {
    name: 'backups-narrow',
    sample: backupSample,
    options: narrow,
    arrive: async (page) => {
      await goTo(page, 'Backups');
      await page.getByText('43% ·').first().waitFor();
    },
  },
  {
    name: 'backups-trouble',
    sample: troubledSample,
    arrive: async (page) => {
      await goTo(page, 'Backups');
      await page.getByText('No verified backup for 41').waitFor();
    },
  },
  {
    name: 'backups-trouble-narrow',
    sample: troubledSample,
    options: narrow,
    arrive: async (page) => {
      await goTo(page, 'Backups');
      await page.getByText('No verified backup for 41').waitFor();
    },
  },
  {
    name: 'backups-empty',
    sample: emptySample,
    arrive: async (page) => {
      await goTo(page, 'Backups');
      await page.getByText('Connect Autoflex10 first').waitFor();
    },
  },
  {
    name: 'backups-first',
    sample: () => {
      const sample = troubledSample();
      const { status } = emptySample();
      return { ...sample, status, accounts: sample.accounts.slice(1, 2), backups: [] };
    },
    arrive: async (page) => {
      await goTo(page, 'Backups');
      await page.getByText('No verified backup yet').waitFor();
    },
  },
  {
    name: 'backups-detail',
    sample: backupSample,
    arrive: (page) => openBackup(page, 'Verified', 'Unchanged'),
  },
  {
    name: 'backups-detail-narrow',
    sample: backupSample,
    options: narrow,
    arrive: (page) => openBackup(page, 'Verified', 'Unchanged'),
  },
  {
    name: 'backups-cut',
    sample: backupSample,
    arrive: (page) => openBackup(page, 'The disk is full', 'Resume'),
  },
  {
    name: 'backups-altered',
    sample: backupSample,
    arrive: (page) => openBackup(page, 'Damaged', 'Don’t rely on this backup.'),
  },
  {
    name: 'backups-result',
    sample: backupSample,
    arrive: (page) => openBackup(page, 'Stock list', '"vehicles": 412'),
  },
  {
    name: 'backups-plan',
    sample: backupSample,
    arrive: async (page) => {
      await goTo(page, 'Backups');
      await page.getByRole('button', { name: 'Schedule & retention', exact: true }).click();
      await page.getByText('Every week').click();
      await page.getByRole('combobox', { name: 'Day' }).waitFor();
    },
  },
  {
    name: 'backups-prune',
    sample: backupSample,
    arrive: async (page) => {
      await goTo(page, 'Backups');
      await page.getByRole('button', { name: 'Clean up…' }).click();
      await page.getByText('the oldest, newest of its week').waitFor();
    },
  },
  {
    name: 'settings-backups',
    sample: () => {
      const sample = backupSample();
      sample.settings.backups = { ...sample.settings.backups, allowInsecure: true };
      return sample;
    },
    options: { size: { width: 1280, height: 1480 } },
    arrive: async (page) => {
      await goTo(page, 'Settings');
      await page.getByText('Backups may be sent unencrypted').waitFor();
    },
  },
];

testLooks(looks);
