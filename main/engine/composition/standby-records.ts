import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { BackupPlan, ForwardOrder } from '../../../preload/contract/index.ts';
import { StoredConnection } from '../connections/index.ts';
import { CopiedHooks } from '../hooks/index.ts';
import type { DomainsStage } from './open-domains.ts';

const CopiedForward = z.object({
  url: z.string(),
  enabled: z.boolean(),
  secret: z.string().optional(),
  order: ForwardOrder.optional(),
});

const CopiedRecords = z.object({
  connections: z.array(StoredConnection),
  hooks: CopiedHooks,
  /** By hook and by connection. */
  forwards: z.record(z.string(), CopiedForward),
  plans: z.record(z.string(), BackupPlan),
});
type CopiedRecords = z.infer<typeof CopiedRecords>;

/** What a standby needs to receive in this computer's place: the window's accounts and hooks, with their secrets. */
export function standbyRecords(domains: DomainsStage) {
  return {
    collect: async (): Promise<CopiedRecords> => ({
      connections: await domains.connections.copy(),
      hooks: await domains.records.copy(),
      forwards: await collectForwards(domains),
      plans: plansOf(domains),
    }),
    /** Applying a copy twice has the effect of applying it once, so that it may fail half-way and be repeated. */
    async apply(copied: unknown): Promise<void> {
      const { connections, hooks, forwards, plans } = CopiedRecords.parse(copied);
      await domains.connections.replaceAll(connections);
      await domains.records.replaceAll(hooks);
      await applyForwards(domains, forwards);
      const present = plansOf(domains);
      for (const [connection, plan] of Object.entries(plans))
        if (connection in present && !isDeepStrictEqual(present[connection], plan))
          domains.backups.plan(connection, plan);
      domains.bus.emit('change', { type: 'hooks' });
      domains.bus.emit('hooks');
    },
  };
}

function plansOf({ backups }: DomainsStage): CopiedRecords['plans'] {
  return Object.fromEntries(backups.accounts().map(({ connection, plan }) => [connection, plan]));
}

async function collectForwards({ records, forwarding }: DomainsStage): Promise<CopiedRecords['forwards']> {
  const forwards: CopiedRecords['forwards'] = {};
  for (const { id } of records.all) {
    const view = forwarding.viewOf(id);
    if (!view) continue;
    const { url, enabled, order } = view;
    const secret = await forwarding.secretOf(id);
    forwards[id] = {
      ...{ url, enabled },
      ...(secret === undefined ? {} : { secret }),
      ...(order === undefined ? {} : { order }),
    };
  }
  return forwards;
}

async function applyForwards(domains: DomainsStage, forwards: CopiedRecords['forwards']): Promise<void> {
  const present = await collectForwards(domains).catch((): CopiedRecords['forwards'] => ({}));
  for (const { id } of domains.records.all) {
    const wanted = forwards[id];
    if (isDeepStrictEqual(present[id], wanted)) continue;
    await domains.forwarding.set(id, wanted ? { ...wanted, secret: wanted.secret ?? '' } : null);
  }
}
