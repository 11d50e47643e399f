export { createEcho, type Echo } from './echo.ts';
export { type CallbackAddress, createHookRouter, toRow } from './intake.ts';
export { type CallbackRequest, type CallbackResponse, openReceiver, type Receiver, type Router } from './receiver.ts';
export { createRouter } from './routes.ts';
