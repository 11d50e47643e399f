import { defaultLimit, type MethodHandlers, type MethodsOf } from '../method-handlers.ts';
import type { Ports } from '../ports.ts';
import type { Jobs } from './jobs.ts';

/** The contract's questions about jobs. */
export function jobMethods(jobs: Jobs, ports: Pick<Ports, 'open'>): MethodHandlers<MethodsOf<'jobs'>> {
  return {
    'jobs.start': (order) => jobs.start(order),
    'jobs.list': ({ connection, limit = defaultLimit }) => jobs.list(connection, limit),
    'jobs.about': ({ event }) => jobs.about(event),
    'jobs.get': ({ id }) => jobs.get(id),
    'jobs.formats': ({ connection, urn, name }) => jobs.formats(connection, urn, name),
    'jobs.refresh': ({ id }) => jobs.refresh(id),
    'jobs.forget': async ({ id }) => {
      await jobs.forget(id);
      return {};
    },
    'jobs.open': async ({ id }) => {
      const url = jobs.pageOf(id);
      return { opened: await ports.open(url), url };
    },
  };
}
