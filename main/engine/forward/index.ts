export { createForwarding, type Forwarding } from './forwarding.ts';
export { forwardMethods } from './methods.ts';
