import { defineMessages } from './message.ts';
import { formatTime } from './times.ts';

export const teamMessages = defineMessages('team', {
  noBroker: () => 'This host cannot be part of a team.',
  alreadyIn: ({ team }: { team: string }) => `This computer is already in the team “${team}”. Leave it first.`,
  notInTeam: () => 'This computer is in no team. Create one, or join with an invitation.',
  receiverOnly: () => 'Only the receiver of the team can do this.',
  unencrypted: ({ server }: { server: string }) =>
    `Connections to ${server} would not be encrypted. Use an address that begins with tls://; plain nats:// is accepted for this computer only.`,
  filterTooLarge: ({ count, most }: { count: number; most: number }) =>
    `The filter has ${count} combinations of connection, hook and event; ${most} are possible. Leave one of the lists empty.`,
  memberExists: ({ name }: { name: string }) => `The team already has a member “${name}”. Choose another name.`,
  noMember: () => 'This member no longer exists.',
  newerInvitation: () => 'The invitation is from a newer version of Ringback. Update Ringback and join again.',
  unreadableInvitation: () =>
    'This is not a complete invitation. Copy all of its text, or request a new one from the receiver of the team.',
  invitationInUse: ({ computer }: { computer: string }) =>
    `${computer} uses the same invitation, so this computer receives nothing. Leave the team here, and join with an invitation of its own. If ${computer} no longer uses it, this computer receives within a minute.`,
  secretsLost: () =>
    'The keys of the team cannot be decrypted. Leave the team and join it again with a new invitation.',
  unreachable: ({ detail }: { detail: string }) =>
    `The server of the team cannot be reached (${detail}). Ringback tries again by itself; nothing is lost.`,
  keyRejected: () =>
    'The server of the team does not accept the key of this computer. Either it has not loaded the newest configuration, or this computer was removed from the team.',
  serverUntrusted: ({ detail }: { detail: string }) =>
    `The server of the team presents a certificate that is not trusted (${detail}), so this computer does not connect. Check the certificate and the clock of this computer. For an authority of your own, create the team with it: ringback team create --authority.`,
  serverUnencrypted: () =>
    'The server of the team does not encrypt connections, so this computer does not connect. Add its certificate and key to its configuration: ringback team server-config --certificate … --key ….',
  credentialsExpired: () =>
    'The credentials with which this computer signs in to the server of the team have expired. Request new ones from whoever runs the server, and create the team again with them.',
  signInTimeout: () =>
    'The server of the team did not wait until this computer had signed in. Ringback tries again by itself. If that lasts, let the server load the newest configuration, which waits longer: ringback team server-config.',
  tooManyConnections: () =>
    'The server of the team has as many connections as it accepts. Ringback tries again by itself. Raise max_connections in its configuration, or end other programs that use it.',
  storageDisabled: () =>
    'The server of the team stores no messages, as JetStream is not enabled there. Replace its configuration by the text of `ringback team server-config`, and restart it. If its disk is full, make room first.',
  storageFull: ({ detail }: { detail: string }) =>
    `The server of the team has no room for messages (${detail}). Make room on its disk, or raise the limits of JetStream in its configuration. What waits is sent then.`,
  forbidden: ({ detail }: { detail: string }) =>
    `The server of the team does not permit this computer something that it needs (${detail}). Let the server load the newest configuration: ringback team server-config.`,
  notPrepared: () =>
    'The server of the team has nothing for this computer yet. The receiver sets that up once it is connected. If it is, this computer was removed from the team: join with a new invitation.',
  messageTooLarge: () =>
    'A message is larger than the server of the team accepts. Raise max_payload in its configuration, to 4MB as in the text of `ringback team server-config`.',
  noResponse: () => 'The server of the team did not respond in time. Ringback tries again by itself.',
  serverFailure: ({ detail }: { detail: string }) =>
    `The server of the team reports a failure (${detail}). Ringback tries again by itself; if that lasts, look into the log of the server.`,
  keyMissing: () =>
    'The receiver of the team must be running to send the new key. Until then, events wait at the server, for seven days at most.',
  keyUnknown: () =>
    'The receiver of the team does not have the key of some events: its data are older than those events. They stay unread, and the server deletes them after seven days.',
  notConnected: () => 'The server of the team is not connected.',
  leaseContended: () => 'Other computers of the team began the same at this moment.',
  forgedTitle: () => 'A message of the team was forged',
  forged: () =>
    'The receiver of the team did not sign it, so it was rejected. Somebody else can publish at the server: check who may sign in there.',
  forgedReason: () => 'The message of the team is not signed by the receiver.',
  newerVersion: () => 'Event in a newer format',
  newerVersionSummary: ({ version }: { version: string }) =>
    `The receiver sent it in format ${version}, which this version of Ringback cannot read. It is stored as it came. Update Ringback.`,
  otherReceiver: ({ computer }: { computer: string }) =>
    `${computer} receives for this team at present. This computer publishes once that one has stopped for a minute.`,
  replaced: ({ computer }: { computer: string }) =>
    `${computer} receives for this team in place of this computer, which publishes nothing and changes no hooks. To receive here again: ringback team take-over.`,
  receiverAway: ({ computer }: { computer: string }) =>
    `${computer}, which receives for the team, is not running or cannot reach the team’s server. Events arrive again once it is back.`,
  receiverAsleep: ({ computer, since }: { computer: string; since: string }) =>
    `${computer}, which receives for the team, has been asleep since ${formatTime(since)}. Events arrive again once it wakes.`,
  replacedAway: ({ computer }: { computer: string }) =>
    `${computer}, which receives for this team in place of this computer, is not running or cannot reach the team’s server. To receive here again: ringback team take-over.`,
  alreadyReceives: () => 'This computer receives for the team already.',
  unconfirmed: () =>
    'A standby may have taken over, since the team’s server has not confirmed within the last minute that this computer receives. No hooks are changed until it does.',
  notCopied: () =>
    'The hook was not created: it could not be handed to the standby first, which would remove it otherwise. Try again once the team’s server is connected.',
  copyTooLarge: () =>
    'The hooks are more than a message of the team’s server holds, so the standby does not get them. Raise max_payload in its configuration.',
  standbyReceives: () =>
    'This computer receives for the team. To set up a standby: ringback team invite-standby, and join with that invitation on another computer.',
  standbyNotEmpty: () =>
    'A standby takes over all connections and hooks of the receiver in place of its own. Remove the connections of this computer first, or use another one.',
  standbyWithoutCopy: () =>
    'This computer cannot receive for the team yet: the receiver has not handed its hooks and members over to it. It receives once that is done.',
  standbyForgotten: ({ computer }: { computer: string }) =>
    `${computer}, which receives for this team, does not count this computer as a standby any more: it takes nothing over by itself. To set it up again: ringback team standby. Otherwise leave the team.`,
  noStandby: () => 'This standby no longer exists.',
  tookOverTitle: ({ computer }: { computer: string }) => `${computer} has taken over`,
  tookOver: ({ former, team }: { former: string; team: string }) =>
    `It receives for the team “${team}” from now on, since ${former} was not running or could not reach the team’s server. Its hooks are moved to this computer.`,
  wasReplaced: ({ team }: { team: string }) =>
    `It receives for the team “${team}” in place of this computer, which publishes nothing and changes no hooks.`,
  olderData: () => 'The data of this computer are older than what the team has.',
  unpublished: () => 'Events were deleted before the team got them',
  unpublishedSummary: ({ count }: { count: number }) =>
    `The server of the team could not be reached for so long that the receiver deleted up to ${count} events.`,
  gap: () => 'Events of the team were missed',
  gapSummary: ({ count }: { count: number }) =>
    `This computer was away longer than the team stores events. Of up to ${count} messages that were deleted in the meantime, those for this computer are missing here; the receiver still lists them.`,
});
