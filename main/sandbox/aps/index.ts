export { type Aps, type ApsOptions, startAps } from './aps.ts';
