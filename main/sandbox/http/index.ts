export { derivativeRejection, ErrorResponse, gatewayBody, webhookRejection } from './error-response.ts';
export { FaultOrder } from './fault-order.ts';
export { parseJson } from './json.ts';
export {
  type Listener,
  listen,
  type ReservedPort,
  reservePort,
  type StartListener,
  startListener,
} from './listener.ts';
export { createLoopbackApp } from './loopback-app.ts';
export { post } from './post.ts';
export { type Fault, type LoggedRequest, Traffic } from './traffic.ts';
