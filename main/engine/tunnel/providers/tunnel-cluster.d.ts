/** The sockets of one localtunnel registration; `@types/localtunnel` leaves it out. */
declare module 'localtunnel/lib/TunnelCluster.js' {
  import type { EventEmitter } from 'node:events';

  class TunnelCluster extends EventEmitter {
    constructor(options: { readonly remote_host: string; readonly remote_port: number; readonly local_port: number });
    /** Connects to the relay once, and to this computer's port as soon as the relay has answered. */
    open(): void;
  }
  export = TunnelCluster;
}
