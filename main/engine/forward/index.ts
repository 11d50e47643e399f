export { createForwarding, type Forwarding } from './forwarding.ts';
export { forwardMethods } from './methods.ts';
export { type SampleSender, sampleMethods } from './samples.ts';
