export { connectNats } from './lazy-connection.ts';
