import type { ParsedInput } from '../../../preload/contract/index.ts';
import { memberLease } from './leases/index.ts';
import type { MemberRecord, ReceiverRecord } from './record.ts';
import { backupBucketOf, inboxOf, leaseBucketOf, requestSubject, streamOf } from './subjects.ts';

type ServerConfigOptions = ParsedInput<'team.serverConfig'>;

const defaultPort = 4222;
const defaultStoreFolder = '/var/lib/nats';

/** Seconds for TLS and for signing in: the default of 2 s is too short if all members reconnect at the same time. */
const [tlsTimeout, signInTimeout] = [10, 15];

/** The nats-server configuration: one account, in which members may only take their own messages, the receiver all. */
export function formatServerConfig(team: ReceiverRecord, options: ServerConfigOptions): string {
  const { port = defaultPort, storeDir = defaultStoreFolder, tls, accountOnly = false } = options;
  const account = formatAccount(team);
  if (accountOnly) return formatIncluded(team, account);
  return `# Ringback team ${JSON.stringify(team.name)}. After a change: nats-server --signal reload
port: ${port}
max_payload: 4MB
authorization {
  timeout: ${signInTimeout}
}
jetstream {
  store_dir: ${JSON.stringify(storeDir)}
}
${tls ? formatTls(tls) : ''}accounts {
${account}}
`;
}

function formatAccount(team: ReceiverRecord): string {
  const members = team.members.map((member) => formatMember(team.id, member));
  return `  ${streamOf(team.id)} {
    jetstream: enabled
    users: [
      # the receiver, ${commentOf(team.computer)}
      { nkey: ${team.user} }
${members.join('')}    ]
  }
`;
}

/** Where several teams use one server, the main file includes one such file for each. */
function formatIncluded(team: ReceiverRecord, account: string): string {
  return `# Ringback team ${JSON.stringify(team.name)}, for the accounts of a server that several teams use:
#   accounts {
#     include "this-team.conf"
#     include "another-team.conf"
#   }
# After a change: nats-server --signal reload
${account}`;
}

function formatTls({ certificate, key }: NonNullable<ServerConfigOptions['tls']>): string {
  return `tls {
  cert_file: ${JSON.stringify(certificate)}
  key_file: ${JSON.stringify(key)}
  timeout: ${tlsTimeout}
}
`;
}

function formatMember(team: string, member: MemberRecord): string {
  const stream = streamOf(team);
  const publish = [
    `$JS.API.STREAM.INFO.${stream}`,
    ...member.consumers.flatMap(({ name }) => [
      `$JS.API.CONSUMER.INFO.${stream}.${name}`,
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.${name}`,
      `$JS.ACK.${stream}.${name}.>`,
    ]),
    requestSubject(team, member.id),
    ...bucketPermissions(team, member.id),
  ];
  const list = publish.map((subject) => `            ${JSON.stringify(subject)}\n`).join('');
  return `      # ${commentOf(member.name)}
      {
        nkey: ${member.user}
        permissions {
          publish {
            allow: [
${list}            ]
          }
          subscribe { allow: [ ${JSON.stringify(`${inboxOf(team, member.id)}.>`)} ] }
        }
      }
`;
}

/** What a member may read and write to agree on backups with the others, and on who takes its messages. */
function bucketPermissions(team: string, member: string): string[] {
  const [leases, backups] = [leaseBucketOf(team), backupBucketOf(team)];
  const reading = [leases, backups].map((bucket) => `$JS.API.STREAM.MSG.GET.KV_${bucket}`);
  return [...reading, `$KV.${leases}.backup.*`, `$KV.${leases}.${memberLease(member)}`, `$KV.${backups}.*`];
}

/** A name on one line. */
function commentOf(name: string): string {
  return name.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
