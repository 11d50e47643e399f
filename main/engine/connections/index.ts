export { type Connections, openConnections } from './connections.ts';
export { connectionMethods } from './methods.ts';
export { createSignIns, type SignIns } from './sign-ins.ts';
