export { type CallbackAddresses, createCallbackAddresses } from './callback-addresses.ts';
export { createHooks, type Hooks } from './hooks.ts';
export { type InactivityMonitor, startInactivityMonitor } from './inactivity.ts';
export { type HookNaming, hookLabel } from './label.ts';
export { hookMethods } from './methods.ts';
export type { Wait } from './rate-limit.ts';
export { type HookRecords, openHookRecords } from './records.ts';
export { createScopeNames } from './scope-names.ts';
export { clean } from './view.ts';
