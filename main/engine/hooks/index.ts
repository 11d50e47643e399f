export { type CallbackAddresses, createCallbackAddresses } from './callback-addresses.ts';
export { createHooks, type Hooks } from './hooks.ts';
export { type InactivityMonitor, startInactivityMonitor } from './inactivity.ts';
export { type HookNaming, hookLabel } from './label.ts';
export { hookMethods } from './methods.ts';
export type { Wait } from './reconcile/index.ts';
export { CopiedHooks, clean, type HookRecords, openHookRecords } from './records/index.ts';
export { createScopeNames } from './scope-names.ts';
