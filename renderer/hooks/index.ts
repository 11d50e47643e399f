export { HooksPage } from './hooks-page.tsx';
export { refreshKey } from './refresh.ts';
export { hooksTexts } from './texts.en.ts';
