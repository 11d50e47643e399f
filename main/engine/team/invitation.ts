import { z } from 'zod';
import { RingbackError } from '../errors.ts';
import { teamMessages } from '../messages/index.ts';
import { Membership } from './record.ts';

/** All that a member needs, with its secrets. */
export const Invitation = Membership.extend({
  secrets: z.object({ seed: z.string().regex(/^SU[A-Z2-7]+$/), teamKey: z.base64() }),
});
export type Invitation = z.infer<typeof Invitation>;

const prefix = 'ringback-team-1.';

export function formatInvitation(invitation: Invitation): string {
  return prefix + Buffer.from(JSON.stringify(invitation)).toString('base64url');
}

/** Throws invalid-input. Line breaks and spaces that mail programs add do not matter. */
export function parseInvitation(text: string): Invitation {
  const compact = text.replace(/\s+/g, '');
  if (/^ringback-team-\d+\./.test(compact) && !compact.startsWith(prefix))
    throw new RingbackError('invalid-input', teamMessages.newerInvitation());
  try {
    if (!compact.startsWith(prefix)) throw new Error('no invitation');
    return Invitation.parse(JSON.parse(Buffer.from(compact.slice(prefix.length), 'base64url').toString()));
  } catch (cause) {
    throw new RingbackError('invalid-input', teamMessages.unreadableInvitation(), { cause });
  }
}
