import type { Hook, MethodName } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { forwardMessages } from '../messages/index.ts';
import type { MethodHandlers } from '../method-handlers.ts';
import type { Forwarding } from './forwarding.ts';

type Forwarded = 'hooks.list' | 'hooks.update' | 'events.get';

interface ForwardMethodsOptions {
  readonly forwarding: Forwarding;
  /** The answers without forwarding. */
  readonly answers: Pick<MethodHandlers<MethodName>, Forwarded>;
  /** Throws not-found. */
  hookWithId(id: string): Hook;
  /** Something about a hook has changed. */
  changed(): void;
}

/** The contract's questions about forwarding, and what it adds to those about hooks and events. */
export function forwardMethods({
  forwarding,
  answers,
  hookWithId,
  changed,
}: ForwardMethodsOptions): MethodHandlers<Forwarded | 'events.forward'> {
  const withForward = (hook: Hook): Hook => {
    const forward = hook.ours ? forwarding.viewOf(hook.id) : undefined;
    return forward ? { ...hook, forward } : hook;
  };
  return {
    'hooks.list': async (input) => (await answers['hooks.list'](input)).map(withForward),
    'hooks.update': async ({ forward, ...input }) => {
      if (forward === undefined) return withForward(await answers['hooks.update'](input));
      if (!hookWithId(input.id).ours) throw new RingbackError('invalid-input', forwardMessages.external());
      await forwarding.set(input.id, forward);
      changed();
      const isMore = Object.keys(input).some((name) => name !== 'id' && name !== 'foreign');
      return withForward(isMore ? await answers['hooks.update'](input) : hookWithId(input.id));
    },
    'events.get': async (input) => {
      const event = await answers['events.get'](input);
      const forwards = forwarding.attemptsOf(input.id);
      return forwards.length === 0 ? event : { ...event, forwards: [...forwards] };
    },
    'events.forward': ({ id, url, secret }) => forwarding.forward(id, url, secret),
  };
}
