export { HooksPage } from './page.ts';
export { refreshKey } from './refresh.ts';
export { hooksTexts } from './texts.en.ts';
