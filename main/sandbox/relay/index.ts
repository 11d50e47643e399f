export { type RelayOptions, startRelay, type TunnelRelay } from './relay.ts';
