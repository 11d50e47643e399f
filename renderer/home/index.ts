export { HomePage } from './page.ts';
export { homeTexts } from './texts.en.ts';
