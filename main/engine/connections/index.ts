export { type Connections, openConnections } from './connections.ts';
export { missingSecrets } from './form.ts';
export { connectionMethods } from './methods.ts';
export { withPlainTexts } from './plain-connector.ts';
export { createSignIns, type SignIns } from './sign-ins.ts';
export { StoredConnection, sameSettings } from './stored-connection.ts';
export type { SignInAttemptState } from './view.ts';
