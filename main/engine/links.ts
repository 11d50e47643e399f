import type { LinkId } from '../../preload/contract.ts';
import type { MethodHandlers, MethodsOf } from './method-handlers.ts';
import type { Ports } from './ports.ts';

const links: Readonly<Record<LinkId, string>> = {
  'autodesk-portal': 'https://aps.autodesk.com/myapps/',
  'autodesk-webhooks': 'https://aps.autodesk.com/en/docs/webhooks/v1/developers_guide/overview/',
  'autodesk-integrations':
    'https://aps.autodesk.com/en/docs/bim360/v1/tutorials/getting-started/manage-access-to-docs/',
  localtunnel: 'https://github.com/localtunnel/localtunnel',
};

/** Opens pages of help by their names, so that the window names no address. */
export function linkMethods(ports: Pick<Ports, 'open'>): MethodHandlers<MethodsOf<'links'>> {
  return {
    'links.open': async ({ link }) => {
      const url = links[link];
      return { opened: await ports.open(url), url };
    },
  };
}
