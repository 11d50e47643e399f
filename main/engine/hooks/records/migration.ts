import { z } from 'zod';

const Fields = z.record(z.string(), z.unknown());

const renamedStates: Readonly<Record<string, string>> = { arriving: 'pending', leaving: 'retiring', left: 'retired' };

/** A record as earlier versions stored it, with the names of today. Anything else is returned unchanged. */
export function migrateRecord(record: unknown): unknown {
  const parsed = Fields.safeParse(record);
  if (!parsed.success) return record;
  const { trouble, mournedAt, ...hook } = renameSecrets(parsed.data);
  return {
    // Earlier versions did not store who disabled the hook: it is taken for the wish of the user.
    paused: hook.status === 'inactive',
    ...hook,
    ...(Array.isArray(hook.others) ? { others: hook.others.map(migrateRegistration) } : {}),
    ...(trouble === undefined ? {} : { failure: migrateFailure(trouble) }),
    ...(mournedAt === undefined ? {} : { disabledNotifiedAt: mournedAt }),
  };
}

function migrateRegistration(registration: unknown): unknown {
  const parsed = Fields.safeParse(registration);
  if (!parsed.success) return registration;
  const { state } = parsed.data;
  return { ...renameSecrets(parsed.data), state: (typeof state === 'string' && renamedStates[state]) || state };
}

function migrateFailure(failure: unknown): unknown {
  const parsed = Fields.safeParse(failure);
  if (!parsed.success) return failure;
  const { told, ...rest } = parsed.data;
  return { ...rest, notified: told };
}

function renameSecrets({ former, ...registration }: z.infer<typeof Fields>): z.infer<typeof Fields> {
  return former === undefined ? registration : { ...registration, previousSecrets: former };
}
