export { connectNats } from './connection.ts';
