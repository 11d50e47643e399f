export type { DuplicateWatchOptions } from './duplicates.ts';
export { toNotification } from './failure-notification.ts';
export { HooksHeld } from './held.ts';
export { createHookListings, type HookListings, observed } from './listings.ts';
export { createRateLimit, type RateLimit, type Wait } from './rate-limit.ts';
export { createHookReconciler } from './reconciler.ts';
export { reference } from './steps.ts';
