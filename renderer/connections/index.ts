export { ConnectionsPage } from './connections-page.tsx';
export { hookHelpOf } from './connector-help.ts';
export { connectionsTexts } from './texts.en.ts';
