import { z } from 'zod';
import { TeamFilter } from '../../../preload/contract/index.ts';
import { EncryptedText } from '../storage/index.ts';
import { Standby } from './standby/index.ts';

const shared = {
  /** Names the team at the server. */
  id: z.string().regex(/^[0-9a-f]{12}$/),
  name: z.string(),
  servers: z.array(z.string()).min(1),
  secure: z.boolean(),
  authority: z.string().optional(),
};

export const Consumer = z.object({ name: z.string(), filter: z.string() });
export type Consumer = z.infer<typeof Consumer>;

export const MemberRecord = z.object({
  id: z.string(),
  name: z.string(),
  /** Its nkey at the server. */
  user: z.string(),
  filter: TeamFilter,
  consumers: z.array(Consumer),
  /** Milliseconds since 1970. */
  invitedAt: z.number(),
  /** The newest message of the stream then, whatever the clocks said; absent if it was not known. */
  startsAfter: z.int().min(0).optional(),
  /** The newest event at that time, and the source that numbered it; absent from earlier versions. */
  invitedAfter: z.object({ source: z.string(), event: z.int().min(0) }).optional(),
  seenAt: z.number().optional(),
});
/** A member, as the receiver stores it. */
export type MemberRecord = z.infer<typeof MemberRecord>;

export const ReceiverRecord = z.object({
  role: z.literal('receiver'),
  ...shared,
  /** Names the receiver in the ids of messages. */
  installation: z.string(),
  /** Stands for the installation in the ids of messages, where its data came from another computer or from a backup copy. */
  source: z.string().optional(),
  /** The newest event of those data, which that computer published or will. */
  sourceStart: z.int().min(0).optional(),
  /** The name of this computer, which members see. */
  computer: z.string(),
  user: z.string(),
  signingKey: z.string(),
  members: z.array(MemberRecord),
  /** The user decided that this computer receives in place of another, and the server does not know it yet. */
  takesOver: z.boolean().optional(),
  /** Nobody received for so long that this computer takes over after the term of that number, unless somebody returns. */
  takesOverAfter: z.int().optional(),
  /** The computer that receives in place of this one. */
  replacedBy: z.string().optional(),
  /** The user set this computer up as a standby; `holder` is that computer, as a copy of these data elsewhere is none. */
  standby: Standby.omit({ computer: true }).optional(),
  /** It became a standby by an invitation, and has got nothing of the receiver since. */
  needsCopy: z.boolean().optional(),
  /** The computers that stand by for this one. */
  standbys: z.array(Standby).optional(),
  /** Standbys that do not count any more, unless they were set up again since. */
  forgotten: z.array(Standby.pick({ holder: true, since: true })).optional(),
  secrets: z.object({
    seed: EncryptedText,
    signing: EncryptedText,
    teamKey: EncryptedText,
    credentials: EncryptedText.optional(),
    rotatedKeys: EncryptedText.optional(),
  }),
});
export type ReceiverRecord = z.infer<typeof ReceiverRecord>;

/** What a member knows of the team. */
export const Membership = z.object({
  ...shared,
  installation: z.string(),
  computer: z.string(),
  /** The receiver's key, which must have signed every message. */
  signingKey: z.string(),
  member: z.object({ id: z.string(), name: z.string() }),
  consumers: z.array(Consumer).min(1).max(100),
  /** The receiver's newest event at the time of the invitation, or one up to which the member caught up later. */
  joinedAfter: z.int().min(0),
  /** The source that numbered that event; the receiver's installation when absent. */
  joinedSource: z.string().optional(),
  /** The newest message of the stream at the time of the invitation; absent where it was not known. */
  startsAfter: z.int().min(0).optional(),
});
export type Membership = z.infer<typeof Membership>;

const Unstored = z.object({
  /** The oldest message of the stream that could not be stored. */
  first: z.int().min(0),
  /** The receiver's event up to which all were stored then, and the source that numbered it. */
  after: z.object({ source: z.string(), event: z.int().min(0) }),
});
export type Unstored = z.infer<typeof Unstored>;

export const JoinedRecord = Membership.extend({
  role: z.literal('member'),
  /** The newest message of the stream that was taken, or that no longer had to be. */
  position: z.int().min(0).optional(),
  /** Present while messages before that one may not be stored. */
  unstored: Unstored.optional(),
  secrets: z.object({ seed: EncryptedText, teamKey: EncryptedText, rotatedKeys: EncryptedText.optional() }),
});
export type JoinedRecord = z.infer<typeof JoinedRecord>;

/** What this installation is in a team. */
export const TeamRecord = z.discriminatedUnion('role', [ReceiverRecord, JoinedRecord]);
export type TeamRecord = z.infer<typeof TeamRecord>;
