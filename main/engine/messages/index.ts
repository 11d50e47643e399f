export { connectionMessages } from './connections.ts';
export { engineMessages } from './engine.ts';
export { ingressMessages } from './ingress.ts';
export { jobMessages } from './jobs.ts';
export { defineMessages, type Message, type MessageParameters, referenceOf } from './message.ts';
export { describeNetworkCause } from './network.ts';
export { notFoundMessages } from './not-found.ts';
export { notificationMessages } from './notifications.ts';
export { type ProgramOutcome, tunnelMessages, tunnelUnavailable } from './tunnel.ts';
