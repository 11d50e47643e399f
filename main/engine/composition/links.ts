import type { Connector } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { engineMessages } from '../messages/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Ports } from '../ports.ts';

/** Ringback's own help pages. */
const ownLinks = [{ id: 'localtunnel', url: 'https://github.com/localtunnel/localtunnel' }] as const;

interface LinkMethodsOptions {
  readonly ports: Pick<Ports, 'open'>;
  readonly connectors: readonly Connector[];
}

/** Opens help pages by id, so that the window names no address. */
export function linkMethods({ ports, connectors }: LinkMethodsOptions): MethodHandlers<MethodsOf<'links'>> {
  const links = [...ownLinks, ...connectors.flatMap((connector) => connector.links ?? [])];
  return {
    'links.open': async ({ link }) => {
      const url = links.find(({ id }) => id === link)?.url;
      if (url === undefined) throw new RingbackError('invalid-input', engineMessages.unknownLink({ link }));
      return { opened: await ports.open(url), url };
    },
  };
}
