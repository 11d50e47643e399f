export { ConnectionsPage } from './page.ts';
export { connectionsTexts } from './texts.en.ts';
