export { startAps } from './aps.ts';
export type { Aps, ApsOptions } from './simulator.ts';
