import { lazyPage } from '../lazy-page.ts';

export const EventsPage = lazyPage(async () => (await import('./events-page.tsx')).EventsPage);
