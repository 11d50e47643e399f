export { browse } from './browse.ts';
export { type Connections, openConnections } from './connections.ts';
export { createSignIns, type SignIns } from './sign-ins.ts';
