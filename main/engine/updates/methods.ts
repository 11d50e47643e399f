import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Ports } from '../ports.ts';
import type { Updates } from './updates.ts';

/** The contract's questions about newer versions of Ringback. */
export function updateHandlers(
  updates: Updates,
  { open, updates: source }: Pick<Ports, 'open' | 'updates'>,
): MethodHandlers<MethodsOf<'updates'>> {
  return {
    'updates.status': () => updates.status,
    'updates.check': () => updates.check(),
    'updates.install': () => {
      updates.install();
      return {};
    },
    'updates.open': async () => {
      const url = source?.page ?? '';
      return { opened: url !== '' && (await open(url)), url };
    },
  };
}
