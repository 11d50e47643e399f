export { recoveryMethods } from './methods.ts';
export { createRecovery, type Recovery } from './recovery.ts';
