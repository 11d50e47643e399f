export { HooksPage } from './hooks-page.tsx';
export { refreshKey } from './refresh.ts';
