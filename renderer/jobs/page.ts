import { lazyPage } from '../lazy-page.ts';

export const JobsPage = lazyPage(async () => (await import('./jobs-page.tsx')).JobsPage);
