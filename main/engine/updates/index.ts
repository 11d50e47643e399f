export { updateHandlers } from './methods.ts';
export { openUpdates, type Updates } from './updates.ts';
