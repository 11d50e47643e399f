export { type Endpoint, openEndpoint } from './endpoint.ts';
export { tunnelMethods } from './methods.ts';
export { isOtherInstance, probe } from './probe.ts';
export type { Tunnel, TunnelTimings } from './tunnel.ts';
