import { lazyPage } from '../lazy-page.ts';

export const ConnectionsPage = lazyPage(async () => (await import('./connections-page.tsx')).ConnectionsPage);
