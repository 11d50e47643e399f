import { lazyPage } from '../lazy-page.ts';

export const TeamPage = lazyPage(async () => (await import('./team-page.tsx')).TeamPage);
