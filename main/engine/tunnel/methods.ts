import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Station } from './endpoint.ts';

/** The contract's questions about the tunnel. */
export function tunnelMethods(station: Station): MethodHandlers<MethodsOf<'tunnel'>> {
  return { 'tunnel.check': () => station.tunnel.check() };
}
