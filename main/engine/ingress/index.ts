export type { StorageFailure } from './accept-callback.ts';
export { sampleHeader, toRow } from './delivery-row.ts';
export { createEcho, type Echo } from './echo.ts';
export { type CallbackAddress, createHookRoutes } from './hook-routes.ts';
export { openReceiver, type Receiver } from './receiver.ts';
export type { CallbackRequest, CallbackResponse, CallbackRoute, Router } from './route.ts';
export { createRouter, type FindRoute } from './router.ts';
export { createUnmatchedRecorder, type Misroute, type UnmatchedRecorder, type UnmatchedRequests } from './unmatched.ts';
