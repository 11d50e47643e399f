import { z } from 'zod';
import { done, Id, MessageReference, method, nothing, Port, Time } from './common.ts';

const Name = z.string().trim().min(1).max(100);

/** Addresses of the servers, such as "tls://nats.example:4222". */
const Servers = z
  .array(
    z
      .string()
      .trim()
      .max(300)
      .regex(/^(nats|tls):\/\/[^\s/@?#]+$/, 'must look like tls://nats.example:4222'),
  )
  .min(1)
  .max(10);

const Names = z.array(z.string().min(1).max(200)).min(1).max(50).optional();

export const TeamFilter = z.strictObject({ connections: Names, hooks: Names, events: Names });

/** Which events a member receives: those that fit every given list; all of them where none is given. */
export type TeamFilter = z.infer<typeof TeamFilter>;

export const TeamMember = z.object({
  id: Id,
  name: Name,
  filter: TeamFilter,
  invitedAt: Time,
  /** Whether it waits for events at this moment. */
  connected: z.boolean(),
  /** Events that it has not confirmed yet; absent while the server cannot be asked. */
  behind: z.int().optional(),
  lastSeen: Time.optional(),
});

export type TeamMember = z.infer<typeof TeamMember>;

export const TeamStatus = z.object({
  /** The receiver has the hooks and publishes; members receive from it. */
  role: z.enum(['none', 'receiver', 'member']),
  state: z.enum(['up', 'connecting', 'down']),
  /** Why it is not up. */
  problem: z.string().optional(),
  problemMessage: MessageReference.optional(),
  /** Events that wait to be published, or to be received. */
  behind: z.int(),
  /** When the newest published or received event came. */
  lastEvent: Time.optional(),
  /** How many members the team has; only the receiver knows. */
  members: z.int().optional(),
  team: z.string().optional(),
  /** The computer that receives for the team. */
  receiver: z.string().optional(),
  servers: z.array(z.string()).optional(),
  /** Present where this computer stands by for the receiver; `after` seconds without one it takes over, by itself where that is given. */
  standby: z.object({ after: z.int().optional() }).optional(),
  /** The computers that stand by for this one. */
  standbys: z.array(z.object({ computer: z.string(), after: z.int().optional() })).optional(),
});

export type TeamStatus = z.infer<typeof TeamStatus>;

const Pem = z.string().max(100_000).includes('-----BEGIN CERTIFICATE-----');

export const teamMethods = {
  /** Makes this computer the receiver of a new team. */
  'team.create': method(
    z.strictObject({
      name: Name,
      servers: Servers,
      /** An authority to trust besides the system's, as PEM. With this, even empty, connections must be encrypted. */
      tls: z.strictObject({ authority: Pem.optional() }).optional(),
      /** The content of a credentials file, where the server does not know nkeys. */
      credentials: z.string().max(100_000).optional(),
    }),
    TeamStatus,
  ),
  /** The invitation holds the member's secrets; it is not stored and cannot be shown again. */
  'team.invite': method(
    z.strictObject({ member: Name, filter: TeamFilter.optional() }),
    z.object({ invitation: z.string() }),
  ),
  'team.join': method(z.strictObject({ invitation: z.string().trim().max(500_000) }), TeamStatus),
  'team.status': method(nothing, TeamStatus),
  'team.members': method(nothing, z.array(TeamMember)),
  /** What is published from then on cannot be read with the keys that the member has. */
  'team.remove': method(z.strictObject({ member: Id }), done),
  /** Encrypts what is published from then on under a new key, which only the present members get. */
  'team.rotateKey': method(nothing, done),
  /** This computer receives in place of the one that does: a copy of its data, or the one that was replaced before. */
  'team.takeOver': method(nothing, TeamStatus),
  /** This computer, with a copy of the receiver's data, stands by: it receives nothing until it takes over. */
  'team.standby': method(
    z.strictObject({
      /** Whether it takes over by itself where no computer receives for the team. */
      automatic: z.boolean(),
      /** Seconds without a receiver after which it does; 120 when absent. */
      after: z.int().min(60).max(86_400).optional(),
    }),
    TeamStatus,
  ),
  'team.leave': method(nothing, done),
  /** A complete configuration for nats-server, to be loaded again after each invitation and removal. */
  'team.serverConfig': method(
    z.strictObject({
      port: Port.optional(),
      storeDir: z.string().min(1).max(1000).optional(),
      /** Paths of the server's certificate and key. */
      tls: z.strictObject({ certificate: z.string().min(1).max(1000), key: z.string().min(1).max(1000) }).optional(),
    }),
    z.object({ text: z.string() }),
  ),
};
