export { startAutoflex } from './autoflex.ts';
export type { AutoflexOptions, AutoflexSandbox } from './simulator.ts';
