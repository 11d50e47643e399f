import { lazyPage } from '../lazy-page.ts';

export const HooksPage = lazyPage(async () => (await import('./hooks-page.tsx')).HooksPage);
