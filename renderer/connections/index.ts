export { ConnectionsPage } from './connections-page.tsx';
export { connectionsTexts } from './texts.en.ts';
