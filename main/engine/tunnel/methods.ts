import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Endpoint } from './endpoint.ts';

/** The contract's questions about the tunnel. */
export function tunnelMethods(endpoint: Endpoint): MethodHandlers<MethodsOf<'tunnel'>> {
  return { 'tunnel.check': () => endpoint.tunnel.check() };
}
