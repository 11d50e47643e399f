export { ConnectionsPage } from './connections-page.tsx';
export { hookHelpOf } from './connector-help.ts';
