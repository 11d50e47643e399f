import { open, readFile, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Input, TeamFilter, TeamMember, TeamStatus } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, collect, connectionNamed, hookNamed, type Session, theOne } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface CreateOptions {
  readonly server?: readonly string[];
  readonly tls?: boolean;
  readonly authority?: string;
  readonly credentials?: string;
}

interface InviteOptions {
  readonly connection?: readonly string[];
  readonly hook?: readonly string[];
  readonly event?: readonly string[];
  readonly file?: string;
}

interface ServerConfigOptions {
  readonly port?: string;
  readonly storeDir?: string;
  readonly certificate?: string;
  readonly key?: string;
}

export function addTeamCommands(program: Command, terminal: Terminal): void {
  const group = program.command('team').description('One receiver that a team shares over NATS');
  addReceiverCommands(group, terminal);
  group
    .command('join')
    .description('Join a team; the invitation is read from the file, a prompt or standard input')
    .argument('[file]', 'the file of the invitation')
    .action(act(terminal, join));
  group.command('status').description('Show the state of the team').action(act(terminal, status));
  group.command('leave').description('Leave the team; a receiver ends it').action(act(terminal, leave));
}

function addReceiverCommands(group: Command, terminal: Terminal): void {
  group
    .command('create')
    .description('Make this computer the receiver of a new team')
    .argument('<name>')
    .requiredOption('--server <address>', 'such as tls://nats.example:4222; may be repeated', collect)
    .option('--tls', 'accept encrypted connections only, whatever the address begins with')
    .option('--authority <file>', 'an authority to trust besides those of the system, as PEM')
    .option('--credentials <file>', 'sign in with this file, where the server does not know nkeys')
    .action(act<CreateOptions>(terminal, create));
  group
    .command('invite')
    .description('Add a member and print its invitation, which holds its keys and cannot be shown again')
    .argument('<member>', 'what you call it')
    .option('--connection <connection>', 'only events of this connection; may be repeated', collect)
    .option('--hook <hook>', 'only events of this hook; may be repeated', collect)
    .option('--event <event>', 'only this event, such as dm.version.added; may be repeated', collect)
    .option('--file <file>', 'write the invitation into a new file that only you can read')
    .action(act<InviteOptions>(terminal, invite));
  group.command('members').description('List the members of the team').action(act(terminal, listMembers));
  group.command('remove').description('Remove a member').argument('<member>').action(act(terminal, remove));
  group
    .command('rotate-key')
    .description('Encrypt new events under a new key, as after each removal of a member')
    .action(act(terminal, rotateKey));
  group
    .command('take-over')
    .description('Receive here in place of the computer that does: with a copy of its data, or again')
    .action(act(terminal, takeOver));
  group
    .command('server-config')
    .description('Print the configuration of nats-server with the keys and permissions of all members')
    .option('--port <port>', '4222 when absent')
    .option('--store-dir <folder>', 'where the server stores messages')
    .option('--certificate <file>', "the path of the server's certificate, on the server")
    .option('--key <file>', 'the path of its key')
    .action(act<ServerConfigOptions>(terminal, printServerConfig));
}

async function create(session: Session, options: CreateOptions, name = ''): Promise<void> {
  const { server = [], tls = false, authority, credentials } = options;
  const trusted = authority === undefined ? {} : { authority: await readText(authority) };
  const team = await session.ask('team.create', {
    ...{ name, servers: [...server] },
    ...(tls || authority !== undefined ? { tls: trusted } : {}),
    ...(credentials === undefined ? {} : { credentials: await readText(credentials) }),
  });
  session.output.result(team, describeTeam(team));
  session.output.note('Now configure the server: ringback team server-config');
}

async function invite(session: Session, options: InviteOptions, member = ''): Promise<void> {
  const { output, ask } = session;
  const { file } = options;
  const filter = await filterOf(session, options);
  const request = async (): Promise<string> => (await ask('team.invite', { member, filter })).invitation;
  if (file === undefined) {
    const invitation = await request();
    output.result({ invitation }, [invitation]);
  } else {
    await writeNew(file, request);
    output.result({ member, file }, [file]);
  }
  output.note('It holds the keys of the member: give it to nobody else. The server does not know the member yet:');
  output.note(
    'replace its configuration by the text of `ringback team server-config`, then: nats-server --signal reload',
  );
}

async function filterOf(session: Session, { connection, hook, event }: InviteOptions): Promise<TeamFilter> {
  const idsOf = async (names: readonly string[], find: typeof connectionNamed | typeof hookNamed): Promise<string[]> =>
    (await Promise.all(names.map((text) => find(session, text)))).map(({ id }) => id);
  return {
    ...(connection === undefined ? {} : { connections: await idsOf(connection, connectionNamed) }),
    ...(hook === undefined ? {} : { hooks: await idsOf(hook, hookNamed) }),
    ...(event === undefined ? {} : { events: [...event] }),
  };
}

async function join(session: Session, _options: object, file?: string): Promise<void> {
  const invitation = file === undefined ? await readInvitation(session.terminal) : await readText(file);
  const team = await session.ask('team.join', { invitation });
  session.output.result(team, describeTeam(team));
}

/** An argument never holds an invitation: other programs of this computer can read arguments. */
async function readInvitation(terminal: Terminal): Promise<string> {
  if (terminal.stdin.isTTY) return (await readSecrets(['invitation'], terminal)).invitation ?? '';
  let text = '';
  for await (const chunk of terminal.stdin) text += String(chunk);
  return text;
}

async function status({ output, ask }: Session): Promise<void> {
  const team = await ask('team.status', {});
  output.result(team, describeTeam(team));
}

function describeTeam(team: TeamStatus): string[] {
  const { role, state, problem, behind, lastEvent, members, receiver = '', servers = [] } = team;
  if (role === 'none') return ['This computer is in no team.'];
  return [
    `${'Team'.padEnd(11)} ${plain(team.team ?? '')}`,
    `${'Role'.padEnd(11)} ${role === 'receiver' ? 'receiver' : `member, receiver is ${plain(receiver)}`}`,
    `${'Server'.padEnd(11)} ${state}  ${plain(servers.join(' '))}`,
    ...(problem === undefined ? [] : [`${'Problem'.padEnd(11)} ${plain(problem)}`]),
    `${'Waiting'.padEnd(11)} ${behind} events`,
    ...(lastEvent === undefined ? [] : [`${'Last event'.padEnd(11)} ${lastEvent}`]),
    ...(members === undefined ? [] : [`${'Members'.padEnd(11)} ${members}`]),
  ];
}

async function listMembers({ output, ask }: Session): Promise<void> {
  const members = await ask('team.members', {});
  const rows = members.map((member) => [
    member.id,
    member.connected ? 'connected' : 'away',
    String(member.behind ?? ''),
    member.lastSeen ?? '',
    member.name,
    describeFilter(member),
  ]);
  const headings = ['ID', 'STATE', 'WAITING', 'LAST SEEN', 'NAME', 'RECEIVES'];
  output.table(members, [headings, ...rows], 'The team has no members.');
}

function describeFilter({ filter }: TeamMember): string {
  const parts = Object.entries(filter).map(([kind, names]) => `${kind}: ${(names ?? []).join(' ')}`);
  return parts.length === 0 ? 'all events' : parts.join('; ');
}

async function remove(session: Session, _options: object, text = ''): Promise<void> {
  const { output, ask } = session;
  const isMeant = ({ id, name }: TeamMember): boolean =>
    id.startsWith(text) || name.toLowerCase() === text.toLowerCase();
  const { id, name } = theOne(await ask('team.members', {}), text, 'member', isMeant);
  await ask('team.remove', { member: id });
  output.result({ id }, [`Removed ${plain(name)}`]);
  output.note('Its key is accepted until the server has loaded its new configuration: ringback team server-config');
}

async function rotateKey({ output, ask }: Session): Promise<void> {
  await ask('team.rotateKey', {});
  output.result({}, ['New events are encrypted under a new key.']);
}

async function takeOver({ output, ask }: Session): Promise<void> {
  const team = await ask('team.takeOver', {});
  output.result(team, describeTeam(team));
}

async function leave({ output, ask }: Session): Promise<void> {
  await ask('team.leave', {});
  output.result({}, ['This computer is in no team now.']);
}

async function printServerConfig({ output, ask }: Session, options: ServerConfigOptions): Promise<void> {
  const { text } = await ask('team.serverConfig', serverInput(options));
  output.result({ text }, [text.trimEnd()]);
}

function serverInput({ port, storeDir, certificate, key }: ServerConfigOptions): Input<'team.serverConfig'> {
  if ((certificate === undefined) !== (key === undefined))
    throw usageFailure('--certificate and --key belong together.');
  return {
    ...(port === undefined ? {} : { port: portOf(port) }),
    ...(storeDir === undefined ? {} : { storeDir }),
    ...(certificate === undefined || key === undefined ? {} : { tls: { certificate, key } }),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw usageFailure(`--port needs a number from 1 to 65535, not "${text}".`);
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fileFailure(error);
  }
}

/** Creates the file before the text is requested: an invitation cannot be shown again. Never replaces a file. */
async function writeNew(file: string, request: () => Promise<string>): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((error) => {
    throw fileFailure(error);
  });
  try {
    await handle.writeFile(`${await request()}\n`);
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

function fileFailure(error: unknown): CommandFailure {
  return new CommandFailure(exitCodes.failed, error instanceof Error ? error.message : String(error));
}
