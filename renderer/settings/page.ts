import { lazyPage } from '../lazy-page.ts';

export const SettingsPage = lazyPage(async () => (await import('./settings-page.tsx')).SettingsPage);
