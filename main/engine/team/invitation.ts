import { z } from 'zod';
import { RingbackError } from '../errors.ts';
import { teamMessages } from '../messages/index.ts';
import { Membership, ReceiverRecord } from './record.ts';

/** All that a member needs, with its secrets. */
export const Invitation = Membership.extend({
  secrets: z.object({ seed: z.string().regex(/^SU[A-Z2-7]+$/), teamKey: z.base64() }),
});
export type Invitation = z.infer<typeof Invitation>;

/** All that a standby needs, with the secrets of the receiver; the rest comes with the first copy. */
export const StandbyInvitation = ReceiverRecord.pick({
  ...{ id: true, name: true, servers: true, secure: true, authority: true },
  ...{ installation: true, computer: true, user: true, signingKey: true },
}).extend({
  secrets: z.object({
    seed: z.string().regex(/^SU[A-Z2-7]+$/),
    ...{ signing: z.string(), teamKey: z.base64() },
    ...{ credentials: z.string().optional(), rotatedKeys: z.string().optional() },
  }),
});
export type StandbyInvitation = z.infer<typeof StandbyInvitation>;

const prefix = 'ringback-team-1.';
const standbyPrefix = 'ringback-standby-1.';

export function formatInvitation(invitation: Invitation): string {
  return prefix + encode(invitation);
}

export function formatStandbyInvitation(invitation: StandbyInvitation): string {
  return standbyPrefix + encode(invitation);
}

/** Throws invalid-input. Line breaks and spaces that mail programs add do not matter. */
export function parseInvitation(text: string): Invitation {
  return parse(text, prefix, Invitation);
}

/** The same; undefined for an invitation of a member. */
export function parseStandbyInvitation(text: string): StandbyInvitation | undefined {
  return /^\s*ringback-standby-/.test(text) ? parse(text, standbyPrefix, StandbyInvitation) : undefined;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function parse<T>(text: string, expected: string, schema: z.ZodType<T>): T {
  const compact = text.replace(/\s+/g, '');
  if (/^ringback-(team|standby)-\d+\./.test(compact) && !compact.startsWith(expected))
    throw new RingbackError('invalid-input', teamMessages.newerInvitation());
  try {
    if (!compact.startsWith(expected)) throw new Error('no invitation');
    return schema.parse(JSON.parse(Buffer.from(compact.slice(expected.length), 'base64url').toString()));
  } catch (cause) {
    throw new RingbackError('invalid-input', teamMessages.unreadableInvitation(), { cause });
  }
}
