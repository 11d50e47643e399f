import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Connector, HookChange, HookDraft, RemoteHook } from '../../main/engine/connector/index.ts';
import { RingbackError } from '../../main/engine/errors.ts';

/** A minimal in-memory provider for tests of the engine. */
export interface Bell {
  readonly connector: Connector;
  readonly hooks: Map<string, RemoteHook & { readonly secret: string }>;
  /** Headers of a genuine delivery of this body. */
  sign(secret: string, body: string, deliveryId?: string): Record<string, string>;
  /** The secret that was registered with the hook. */
  secretOf(providerId: string): string;
  /** While set, every request to the provider fails with it. */
  failure: RingbackError | undefined;
}

export function createBell(): Bell {
  const hooks: Bell['hooks'] = new Map();
  let created = 0;
  const bell: Bell = {
    hooks,
    failure: undefined,
    sign: (secret, body, deliveryId) => ({
      'x-bell-signature': hmac(secret, Buffer.from(body)),
      ...(deliveryId === undefined ? {} : { 'x-bell-delivery': deliveryId }),
    }),
    secretOf: (providerId) => hooks.get(providerId)?.secret ?? '',
    connector: {
      id: 'bell',
      title: 'Bell',
      fields: [
        { name: 'account', label: 'Account', kind: 'text', required: true },
        { name: 'address', label: 'Address', kind: 'url', required: false },
        { name: 'password', label: 'Password', kind: 'secret', required: true },
        { name: 'signingSecret', label: 'Signing secret', kind: 'secret', required: false },
      ],
      async check({ settings, secrets }) {
        if (bell.failure) throw bell.failure;
        if (secrets.password !== 'correct') throw new RingbackError('provider', 'Bell refused the password.');
        return { name: settings.account ?? '' };
      },
      verify({ headers, body }, secrets) {
        const given = headers['x-bell-signature'];
        if (given === undefined) return { genuine: false, reason: 'the signature header is missing' };
        const match = secrets.find(({ value }) => equal(given, hmac(value, body)));
        if (!match) return { genuine: false, reason: 'the signature does not match' };
        const deliveryId = headers['x-bell-delivery'];
        return { genuine: true, verified: 'signature', secret: match.of, ...(deliveryId ? { deliveryId } : {}) };
      },
      read({ body, nameOf }) {
        const { title, resource, name, identity, summary, time, outcome, plural, place, event, system } = JSON.parse(
          Buffer.from(body).toString(),
        );
        const shown = name ?? (resource && nameOf(resource)) ?? '';
        return {
          title: title ?? `Rang: ${shown}`,
          outcome: outcome ?? 'success',
          ...(event ? { event } : {}),
          ...(plural ? { plural } : {}),
          ...(place ? { place } : {}),
          ...(system ? { system } : {}),
          ...(resource && name ? { resourceNames: { [resource]: name } } : {}),
          ...(resource ? { resource } : {}),
          ...(name ? { names: [name] } : {}),
          ...(identity ? { identity } : {}),
          ...(time ? { time } : {}),
          ...(summary ? { summary } : {}),
        };
      },
      hooks: {
        catalogue: { systems: [], regions: [] },
        inspect({ scope }) {
          if (!('door' in scope)) throw new RingbackError('invalid-input', 'The scope must be a door.');
        },
        async create(_context, { callbackUrl, event, scope, secret, installation, attribute, filter }: HookDraft) {
          if (bell.failure) throw bell.failure;
          created += 1;
          const providerId = `bell-${created}`;
          const filtered = filter === undefined ? {} : { filter };
          const hook = { providerId, event, scope, callbackUrl, installation, status: 'active', ...filtered };
          hooks.set(providerId, { ...hook, secret, ...(attribute ? { attribute } : {}) });
          return hook;
        },
        async list() {
          if (bell.failure) throw bell.failure;
          return { hooks: [...hooks.values()], problems: [] };
        },
        async update(_context, { providerId }, { secret, status, attribute }: HookChange) {
          if (bell.failure) throw bell.failure;
          const hook = hooks.get(providerId);
          if (!hook) throw new RingbackError('provider', 'Bell has no such hook.');
          const changes = {
            ...(secret ? { secret } : {}),
            ...(status ? { status } : {}),
            ...(attribute ? { attribute } : {}),
          };
          hooks.set(providerId, { ...hook, ...changes });
        },
        async remove(_context, { providerId }) {
          if (bell.failure) throw bell.failure;
          hooks.delete(providerId);
        },
      },
    },
  };
  return bell;
}

function hmac(secret: string, body: Uint8Array): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
