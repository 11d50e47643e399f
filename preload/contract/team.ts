import { z } from 'zod';
import { done, Id, MessageReference, method, nothing, Port, Time } from './common.ts';
import { requirements } from './requirements.ts';

const Name = z.string().trim().min(1).max(100);

/** URLs of the servers, such as "tls://nats.example:4222". */
const Servers = z
  .array(
    z
      .string()
      .trim()
      .max(300)
      .regex(/^(nats|tls):\/\/[^\s/@?#]+$/, requirements.natsServer),
  )
  .min(1)
  .max(10);

const Names = z.array(z.string().min(1).max(200)).min(1).max(50).optional();

export const TeamFilter = z.strictObject({ connections: Names, hooks: Names, events: Names });

/** The events that a member receives: those that match each given list; all without a list. */
export type TeamFilter = z.infer<typeof TeamFilter>;

export const TeamMember = z.object({
  id: Id,
  name: Name,
  filter: TeamFilter,
  invitedAt: Time,
  /** Whether it is connected and waits for events. */
  connected: z.boolean(),
  /** Events that it has not confirmed yet; absent while the server cannot be queried. */
  behind: z.int().optional(),
  lastSeen: Time.optional(),
});

export type TeamMember = z.infer<typeof TeamMember>;

export const TeamStatus = z.object({
  /** The receiver has the hooks and publishes; members receive from it. */
  role: z.enum(['none', 'receiver', 'member']),
  state: z.enum(['up', 'connecting', 'down']),
  /** Why it is not connected. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
  /** Number of events that wait to be published or received. */
  behind: z.int(),
  /** The time of the latest published or received event. */
  lastEvent: Time.optional(),
  /** Number of members; known to the receiver only. */
  members: z.int().optional(),
  team: z.string().optional(),
  /** The computer that receives for the team. */
  receiver: z.string().optional(),
  servers: z.array(z.string()).optional(),
  /**
   * Present where this computer is a standby of the receiver; where `after` is given, it takes over automatically after
   * so many seconds without a receiver.
   */
  standby: z.object({ after: z.int().optional() }).optional(),
  /** The computers that are standbys of this one. */
  standbys: z.array(z.object({ id: Id, computer: z.string(), after: z.int().optional() })).optional(),
});

export type TeamStatus = z.infer<typeof TeamStatus>;

const Pem = z.string().max(100_000).includes('-----BEGIN CERTIFICATE-----');

export const teamMethods = {
  /** Makes this computer the receiver of a new team. */
  'team.create': method(
    z.strictObject({
      name: Name,
      servers: Servers,
      /** An authority (PEM) to trust besides the system's. If present, even empty, connections must be encrypted. */
      tls: z.strictObject({ authority: Pem.optional() }).optional(),
      /** The content of a credentials file, for a server that does not use nkeys. */
      credentials: z.string().max(100_000).optional(),
    }),
    TeamStatus,
  ),
  /** The invitation contains the member's secrets; it is not stored and cannot be shown again. */
  'team.invite': method(
    z.strictObject({ member: Name, filter: TeamFilter.optional() }),
    z.object({ invitation: z.string() }),
  ),
  'team.join': method(z.strictObject({ invitation: z.string().trim().max(500_000) }), TeamStatus),
  'team.status': method(nothing, TeamStatus),
  'team.members': method(nothing, z.array(TeamMember)),
  /** Removes a member, whose keys cannot decrypt what is published from then on. */
  'team.remove': method(z.strictObject({ member: Id }), done),
  /** Encrypts what is published from then on with a new key, which only the current members get. */
  'team.rotateKey': method(nothing, done),
  /** Makes this computer the receiver in place of the present one: it has a copy of its data, or was the receiver before. */
  'team.takeOver': method(nothing, TeamStatus),
  /** Creates an invitation that makes another computer a standby by `team.join` there. It contains all keys of the team. */
  'team.inviteStandby': method(nothing, z.object({ invitation: z.string() })),
  /** Dismisses a standby of this computer, which takes over automatically only once its user sets it up again. */
  'team.forgetStandby': method(z.strictObject({ standby: Id }), done),
  /** Makes this computer, which has a copy of the receiver's data, a standby: it receives nothing until it takes over. */
  'team.standby': method(
    z.strictObject({
      /** Whether it takes over automatically where the team has no receiver. */
      automatic: z.boolean(),
      /** Seconds without a receiver after which it does; 120 where absent. */
      after: z.int().min(60).max(86_400).optional(),
    }),
    TeamStatus,
  ),
  'team.leave': method(nothing, done),
  /** A complete configuration for nats-server, which must be reloaded after each invitation and removal. */
  'team.serverConfig': method(
    z.strictObject({
      port: Port.optional(),
      storeDir: z.string().min(1).max(1000).optional(),
      /** Paths of the server's certificate and key. */
      tls: z.strictObject({ certificate: z.string().min(1).max(1000), key: z.string().min(1).max(1000) }).optional(),
      /** Only the account of this team, to be included by the configuration of a server that several teams use. */
      accountOnly: z.boolean().optional(),
    }),
    z.object({ text: z.string() }),
  ),
};
