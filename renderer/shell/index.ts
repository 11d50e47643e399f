export { createAnnouncer } from './announcer.ts';
export { Frame } from './frame.tsx';
export { LinkGate } from './link-gate.tsx';
