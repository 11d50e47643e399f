export { type SupportOptions, supportHandlers } from './methods.ts';
