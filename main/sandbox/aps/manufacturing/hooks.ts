import { GraphQLError } from 'graphql';
import type { Random } from '../../random.ts';
import type { Owner } from '../authentication/index.ts';

export interface MilestoneHook {
  readonly id: string;
  readonly owner: Owner;
  readonly componentId: string;
  readonly eventType: string;
  readonly callbackURL: string;
  readonly filters: readonly string[] | null;
  /** ISO 8601. */
  expiresOn: string;
  secretToken: string | null;
}

export interface WebhookInput {
  readonly componentId: string;
  readonly eventType: string;
  readonly callbackURL: string;
  readonly filters?: readonly string[] | null;
  readonly expiresOn?: string | null;
  readonly secretToken?: string | null;
}

const year = 365 * 24 * 3600_000;

/** The webhooks of all owners, without expired ones. */
export class MilestoneHooks {
  readonly #hooks = new Map<string, MilestoneHook>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor(now: () => number, random: Random) {
    this.#now = now;
    this.#random = random;
  }

  all(): readonly MilestoneHook[] {
    for (const { id, expiresOn } of this.#hooks.values()) {
      if (Date.parse(expiresOn) <= this.#now()) this.#hooks.delete(id);
    }
    return [...this.#hooks.values()];
  }

  of(owner: Owner): readonly MilestoneHook[] {
    return this.all().filter((hook) => hook.owner.id === owner.id && hook.owner.client === owner.client);
  }

  add(owner: Owner, input: WebhookInput): MilestoneHook {
    const { componentId, eventType, callbackURL, filters = null, secretToken = null } = input;
    if (!/^https?:\/\//.test(callbackURL) || !URL.canParse(callbackURL)) throw badInput('callbackURL is not valid.');
    const hook: MilestoneHook = {
      id: this.#random.uuid(),
      ...{ owner, componentId, eventType, callbackURL, filters },
      secretToken: checkSecret(secretToken),
      expiresOn: this.#checkExpiry(input.expiresOn ?? new Date(this.#now() + year).toISOString()),
    };
    this.#hooks.set(hook.id, hook);
    return hook;
  }

  change(
    owner: Owner,
    { id, expiresOn, secretToken }: Pick<MilestoneHook, 'id'> & Partial<MilestoneHook>,
  ): MilestoneHook {
    const hook = this.byId(owner, id);
    if (expiresOn) hook.expiresOn = this.#checkExpiry(expiresOn);
    if (secretToken) hook.secretToken = checkSecret(secretToken);
    return hook;
  }

  remove(owner: Owner, id: string): string {
    this.#hooks.delete(this.byId(owner, id).id);
    return id;
  }

  byId(owner: Owner, id: string): MilestoneHook {
    const hook = this.of(owner).find((one) => one.id === id);
    if (hook) return hook;
    throw new GraphQLError('Webhook not found.', { extensions: { code: 'NOT_FOUND' } });
  }

  #checkExpiry(expiresOn: string): string {
    if (Date.parse(expiresOn) > this.#now()) return new Date(expiresOn).toISOString();
    throw badInput('expiresOn must be a time to come.');
  }
}

function checkSecret(secret: string | null): string | null {
  if (secret === null || /^[A-Za-z0-9]{32,64}$/.test(secret)) return secret;
  throw badInput('secretToken must be 32 to 64 letters and digits.');
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}
