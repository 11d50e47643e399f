import { lazyPage } from '../lazy-page.ts';

export const BackupsPage = lazyPage(async () => (await import('./backups-page.tsx')).BackupsPage);
