import type { MethodName, Problem, TeamMember, TeamStatus } from '../../../preload/contract/index.ts';
import type { MethodReply } from './sample.ts';

const before = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

export const officeTeam: TeamStatus = {
  ...{ role: 'receiver', state: 'up', behind: 0, lastEvent: before(2), members: 3 },
  ...{ team: 'Office', receiver: 'office-server', servers: ['tls://nats.example:4222'] },
};

export const officeMembers: readonly TeamMember[] = [
  {
    ...{ id: 'a1', name: 'Anna', filter: {}, invitedAt: before(60 * 24 * 9) },
    ...{ connected: true, behind: 0, lastSeen: before(0) },
  },
  {
    ...{ id: 'b2', name: 'Ben, laptop', filter: { events: ['dm.version.added'] }, invitedAt: before(60 * 24 * 9) },
    ...{ connected: false, behind: 1284, lastSeen: before(60 * 30) },
  },
  {
    ...{ id: 'c3', name: 'Carla', filter: { connections: ['connection-1'] }, invitedAt: before(5) },
    ...{ connected: false, behind: 0 },
  },
];

const configuration = `# Ringback team "Office". After a change: nats-server --signal reload
port: 4222
max_payload: 4MB
jetstream {
  store_dir: "/var/lib/nats"
}
tls {
  cert_file: "/etc/nats/cert.pem"
  key_file: "/etc/nats/key.pem"
}
accounts {
  RINGBACK_0123456789ab {
    jetstream: enabled
  }
}
`;

/** A team as the engine has it: created or joined, invited to, removed from and left. */
export function teamReplies(
  status: TeamStatus = { role: 'none', state: 'down', behind: 0 },
  members: readonly TeamMember[] = [],
): Partial<Record<MethodName, MethodReply>> {
  let team = status;
  let present = [...members];
  const none: TeamStatus = { role: 'none', state: 'down', behind: 0 };
  return {
    'team.status': () => (team.role === 'receiver' ? { ...team, members: present.length } : team),
    'team.members': () => present,
    'team.serverConfig': () => ({ text: configuration }),
    'team.create': ({ name, servers }: { name: string; servers: string[] }) => {
      team = { ...officeTeam, team: name, servers, state: 'connecting' };
      return team;
    },
    'team.invite': ({ member, filter = {} }: { member: string; filter?: TeamMember['filter'] }) => {
      if (present.some(({ name }) => name === member))
        throw { code: 'conflict', message: `The team already has a member “${member}”.` } satisfies Problem;
      present.push({ id: `new-${present.length}`, name: member, filter, invitedAt: before(0), connected: false });
      return { invitation: `ringback-team-1.${'eyJpZCI6Ij'.repeat(60)}` };
    },
    'team.join': () => {
      team = { ...officeTeam, role: 'member' };
      return team;
    },
    'team.remove': ({ member }: { member: string }) => {
      present = present.filter(({ id }) => id !== member);
      return {};
    },
    'team.rotateKey': () => ({}),
    'team.inviteStandby': () => ({ invitation: `ringback-standby-1.${'eyJpZCI6Ij'.repeat(60)}` }),
    'team.forgetStandby': ({ standby }: { standby: string }) => {
      team = { ...team, standbys: (team.standbys ?? []).filter(({ id }) => id !== standby) };
      return {};
    },
    'team.takeOver': () => {
      const { problem: _problem, problemMessage: _message, ...rest } = team;
      team = { ...rest, state: 'up' };
      return team;
    },
    'team.leave': () => {
      team = none;
      return {};
    },
  };
}
