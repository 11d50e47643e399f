import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Opens a page by "g" and its letter: again where a busy computer took too long between the two. */
export async function goByKeys(page: Page, letter: string, name: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name });
  const press = async () => {
    await page.keyboard.press('g');
    await page.keyboard.press(letter);
    return heading.count();
  };
  await expect.poll(press).toBe(1);
}

/** Closes the only dialog by Escape: again where it was in sight, but did not listen yet. */
export async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  const press = async () => {
    if ((await dialog.count()) > 0) await page.keyboard.press('Escape');
    return dialog.count();
  };
  await expect.poll(press).toBe(0);
}
