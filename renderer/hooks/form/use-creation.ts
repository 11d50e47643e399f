import { useState } from 'react';
import type { Input } from '../../../preload/contract/index.ts';
import { useAct } from '../../queries.ts';
import { type Creations, keyOf, runCreation } from './creation.ts';
import type { HookDraft } from './hook-draft.ts';

/** Creates the hooks of a form, each with a rule for notifications of its events. */
export function useCreation(onCreated: (ids: readonly string[]) => void) {
  const { mutateAsync: create } = useAct('hooks.create');
  const { mutateAsync: mute } = useAct('notifications.mute');
  const [creations, setCreations] = useState<Creations>(new Map());
  const [running, setRunning] = useState(false);
  const start = async (requests: readonly Input<'hooks.create'>[], mode: HookDraft['mode']) => {
    setRunning(true);
    const ids = await runCreation({
      ...{ requests, before: creations, onChange: setCreations },
      create: async (request) => (await create(request)).id,
      complete: async (hook) => mode && mute({ hook, mode }),
    });
    setRunning(false);
    if (ids) onCreated(ids);
  };
  const failureOf = (request: Input<'hooks.create'>): Error | undefined => {
    const one = creations.get(keyOf(request));
    return one?.state === 'failed' ? one.problem : undefined;
  };
  return { creations, running, start, failureOf };
}
