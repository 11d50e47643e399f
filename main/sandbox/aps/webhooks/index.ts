export { type Alteration, Callbacks, type SentCallback } from './callbacks.ts';
export { type CloudEvent, HookStore, hookDetails, type Region, regions } from './hook-store.ts';
export { createWebhooks } from './webhooks.ts';
