import type { ConnectorInfo } from '../../../preload/contract/index.ts';
import type { Connector, JobSupport, SignInSupport } from '../connector/index.ts';
import { messageMembers } from '../messages/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { ResourceNames } from '../storage/index.ts';
import { browse } from './browse.ts';
import type { Connections } from './connections.ts';
import type { SignIns } from './sign-ins.ts';

interface ConnectionMethodsOptions {
  readonly connections: Connections;
  readonly signIns: SignIns;
  readonly connectors: readonly Connector[];
  readonly resourceNames: ResourceNames;
  /** A connection was added that needs nobody to sign in. */
  added(id: string): void;
  /** Ends everything that belongs to a connection before it is forgotten; what it throws stops the removal. */
  release(id: string, keepHooks: boolean): Promise<void>;
}

/** The contract's questions about connections and what can be browsed through them. */
export function connectionMethods(
  options: ConnectionMethodsOptions,
): MethodHandlers<MethodsOf<'connections' | 'connectors' | 'browse'>> {
  const { connections, signIns, resourceNames } = options;
  return {
    'connectors.list': () => options.connectors.map(describeConnector),
    'connections.add': async (input) => {
      const connection = await connections.add(input);
      if (!connection.signIn) options.added(connection.id);
      return connection;
    },
    'connections.list': () => connections.list(),
    'connections.update': async ({ id, ...change }) => {
      // The browser's result would be for the settings before the change.
      if (change.settings && connections.signsIn(id)) await signIns.cancel(id);
      return connections.update(id, change);
    },
    'connections.check': ({ id }) => connections.check(id),
    'connections.signIn': ({ id }) => signIns.signIn(id),
    'connections.cancelSignIn': async ({ id }) => {
      await signIns.cancel(id);
      return connections.get(id);
    },
    'connections.remove': async ({ id, keepHooks = false }) => {
      connections.get(id);
      await options.release(id, keepHooks);
      await signIns.end(id);
      connections.remove(id);
      return {};
    },
    'browse.children': (question) => browse(connections, resourceNames, question),
  };
}

function describeConnector({
  id,
  title,
  fields,
  hooks,
  backups,
  jobs,
  browse,
  signIn,
  links,
}: Connector): ConnectorInfo {
  return {
    id,
    title,
    fields: [...fields],
    ...(hooks ? { catalogue: hooks.catalogue } : {}),
    ...(backups ? { backups: [...backups.requests] } : {}),
    ...(jobs ? { jobs: describeJobs(jobs) } : {}),
    ...(links ? { links: links.map(({ url: _url, ...link }) => link) } : {}),
    ...(browse ? { browse: true } : {}),
    ...(signIn ? { signIn: describeSignIn(signIn) } : {}),
  };
}

function describeJobs({ regions, defaultFormats, formatsHelp, sourceExample }: JobSupport): ConnectorInfo['jobs'] {
  return {
    regions: [...regions],
    defaultFormats: defaultFormats.map(({ type }) => type),
    ...(formatsHelp === undefined ? {} : messageMembers('formatsHelp', formatsHelp)),
    ...(sourceExample === undefined ? {} : { sourceExample }),
  };
}

function describeSignIn({ when, portField, ports, path }: SignInSupport): ConnectorInfo['signIn'] {
  return { when: { field: when.field, in: [...when.in] }, portField, ports: [...ports], path };
}
