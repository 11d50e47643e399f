export { removalMethods } from './methods.ts';
export { createRemovals, type Removals } from './removals.ts';
