export { createEcho, type Echo } from './echo.ts';
export { type CallbackAddress, createHookRouter, toRow } from './intake.ts';
export { type CallbackRequest, type Router, openReceiver, type Receiver, type CallbackResponse } from './receiver.ts';
export { createRouter } from './routes.ts';
