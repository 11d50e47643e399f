export { TeamPage } from './page.ts';
export { teamTexts } from './texts.en.ts';
