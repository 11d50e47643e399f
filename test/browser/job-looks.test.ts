import type { Page } from 'playwright-core';
import { type Look, testLooks } from './support/look.ts';
import { busySample, emptySample } from './support/sample.ts';
import { goTo, type WindowOptions } from './support/window.ts';

const filled = () => busySample(30);
const narrow: WindowOptions = { size: { width: 800, height: 600 } };

async function openJob(page: Page, name: string): Promise<void> {
  await goTo(page, 'Jobs');
  await page.getByRole('option').filter({ hasText: name }).click();
  await page.getByRole('region', { name: 'Job', exact: true }).getByRole('heading', { name, level: 2 }).waitFor();
}

const looks: readonly Look[] = [
  {
    name: 'jobs',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Jobs');
      await page.getByText('Housing.iam').waitFor();
    },
  },
  {
    name: 'jobs-narrow',
    sample: filled,
    options: narrow,
    arrive: async (page) => {
      await goTo(page, 'Jobs');
      await page.getByText('Housing.iam').waitFor();
    },
  },
  { name: 'jobs-empty', sample: emptySample, arrive: (page) => goTo(page, 'Jobs') },
  {
    name: 'jobs-result',
    sample: filled,
    arrive: async (page) => {
      await openJob(page, 'pump.ipt');
      await page.getByText('Missing link files: Arch.rvt').waitFor();
    },
  },
  {
    name: 'jobs-overdue',
    sample: filled,
    arrive: async (page) => {
      await openJob(page, 'Stadium.rvt');
      await page.getByText('much longer than usual').waitFor();
    },
  },
  {
    name: 'jobs-translate',
    sample: filled,
    arrive: async (page) => {
      await goTo(page, 'Jobs');
      await page.getByRole('button', { name: 'Translate…' }).click();
      await page
        .getByRole('textbox', { name: 'File', exact: true })
        .fill('urn:adsk.objects:os.object:example-bucket/pump.ipt');
      await page.getByLabel('Translate again even').check();
      await page.getByText('Existing results will be deleted').waitFor();
    },
  },
];

testLooks(looks);
