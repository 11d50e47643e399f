export { openStation, type Station } from './endpoint.ts';
export { tunnelMethods } from './methods.ts';
export { probe } from './probe.ts';
export { whyUnreachable } from './reachability.ts';
export type { Tunnel } from './tunnel.ts';
