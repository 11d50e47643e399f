import { open, readFile, rm } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Input, TeamFilter, TeamMember, TeamStatus } from '../../../preload/contract/index.ts';
import type { Message } from '../../engine/messages/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { teamMessages as messages, programMessages, stateMessage } from '../messages/index.ts';
import { type Field, hostText, plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, collect, connectionNamed, hookNamed, portOf, type Session, theOne, wholeNumberOf } from '../session.ts';
import type { Say, Terminal } from '../terminal.ts';

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

interface StandbyOptions {
  readonly automatic?: boolean;
  readonly after?: string;
}

interface ServerConfigOptions {
  readonly port?: string;
  readonly storeDir?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly account?: boolean;
}

export function addTeamCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const group = program.command('team').description(say(messages.group()));
  addReceiverCommands(group, terminal);
  group
    .command('join')
    .description(say(messages.join()))
    .argument('[file]', say(messages.joinFile()))
    .action(act(terminal, join));
  group.command('status').description(say(messages.status())).action(act(terminal, status));
  group.command('leave').description(say(messages.leave())).action(act(terminal, leave));
}

function addReceiverCommands(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  group
    .command('create')
    .description(say(messages.create()))
    .argument('<name>')
    .requiredOption('--server <address>', say(messages.server()), collect)
    .option('--tls', say(messages.tls()))
    .option('--authority <file>', say(messages.authority()))
    .option('--credentials <file>', say(messages.credentials()))
    .action(act<CreateOptions>(terminal, create));
  group
    .command('invite')
    .description(say(messages.invite()))
    .argument('<member>', say(messages.member()))
    .option('--connection <connection>', say(messages.inviteConnection()), collect)
    .option('--hook <hook>', say(messages.inviteHook()), collect)
    .option('--event <event>', say(messages.inviteEvent()), collect)
    .option('--file <file>', say(messages.inviteFile()))
    .action(act<InviteOptions>(terminal, invite));
  group.command('members').description(say(messages.members())).action(act(terminal, listMembers));
  group.command('remove').description(say(messages.remove())).argument('<member>').action(act(terminal, remove));
  group.command('rotate-key').description(say(messages.rotateKey())).action(act(terminal, rotateKey));
  group.command('take-over').description(say(messages.takeOver())).action(act(terminal, takeOver));
  group
    .command('standby')
    .description(say(messages.standby()))
    .option('--automatic', say(messages.automatic()))
    .option('--after <seconds>', say(messages.after()))
    .action(act<StandbyOptions>(terminal, standBy));
  group
    .command('invite-standby')
    .description(say(messages.inviteStandby()))
    .option('--file <file>', say(messages.inviteFile()))
    .action(act<Pick<InviteOptions, 'file'>>(terminal, inviteStandby));
  group
    .command('forget-standby')
    .description(say(messages.forgetStandby()))
    .argument('<computer>')
    .action(act(terminal, forgetStandby));
  group
    .command('server-config')
    .description(say(messages.serverConfig()))
    .option('--port <port>', say(messages.port()))
    .option('--store-dir <folder>', say(messages.storeDir()))
    .option('--certificate <file>', say(messages.certificate()))
    .option('--key <file>', say(messages.key()))
    .option('--account', say(messages.accountOnly()))
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
  showTeam(session, team);
  session.output.note(messages.configureServer());
}

async function invite(session: Session, options: InviteOptions, member = ''): Promise<void> {
  const { output, ask } = session;
  const filter = await filterOf(session, options);
  await showInvitation(session, options, { member }, () => ask('team.invite', { member, filter }));
  output.note(messages.invited());
  output.note(messages.reload());
}

async function inviteStandby(session: Session, options: Pick<InviteOptions, 'file'>): Promise<void> {
  const { output, ask } = session;
  await showInvitation(session, options, {}, () => ask('team.inviteStandby', {}));
  output.note(messages.standbyInvited());
}

/** Prints the invitation, or writes it into a new file. */
async function showInvitation(
  { output }: Session,
  { file }: Pick<InviteOptions, 'file'>,
  known: object,
  request: () => Promise<{ readonly invitation: string }>,
): Promise<void> {
  if (file === undefined) {
    const { invitation } = await request();
    output.result({ invitation }, [invitation]);
  } else {
    await writeNew(file, async () => (await request()).invitation);
    output.result({ ...known, file }, [file]);
  }
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
  showTeam(session, team);
}

/** An argument never holds an invitation: other programs of this computer can read arguments. */
async function readInvitation(terminal: Terminal): Promise<string> {
  const label = terminal.say(messages.invitation());
  if (terminal.stdin.isTTY) return (await readSecrets([label], terminal))[label] ?? '';
  let text = '';
  for await (const chunk of terminal.stdin) text += String(chunk);
  return text;
}

async function status(session: Session): Promise<void> {
  const team = await session.ask('team.status', {});
  showTeam(session, team);
}

function showTeam({ output, say }: Session, team: TeamStatus): void {
  if (team.role === 'none') output.result(team, [say(messages.inNoTeam())]);
  else output.fields(team, undefined, describeTeam(team, say));
}

function describeTeam(team: TeamStatus, say: Say): Field[] {
  const { state, problem, problemMessage, behind, lastEvent, members, servers = [], standbys = [] } = team;
  const optional = (label: Message, text: string | undefined): Field[] => (text === undefined ? [] : [[label, text]]);
  return [
    [messages.team(), plain(team.team ?? '')],
    [messages.role(), describeRole(team)],
    ...standbys.map(
      ({ computer, after }): Field => [
        messages.standbyLabel(),
        after === undefined ? messages.standbyOf({ computer }) : messages.standbyOfAfter({ computer, after }),
      ],
    ),
    [messages.serverLabel(), `${say(stateMessage(state))}  ${plain(servers.join(' '))}`],
    ...optional(messages.problem(), problem && hostText(say, problem, problemMessage)),
    [messages.waiting(), messages.waitingEvents({ count: behind })],
    ...optional(messages.lastEvent(), lastEvent),
    ...optional(messages.membersLabel(), members === undefined ? undefined : String(members)),
  ];
}

function describeRole({ role, standby, receiver = '' }: TeamStatus): Message {
  if (role === 'member') return messages.memberOf({ receiver });
  if (!standby) return messages.receiver();
  return standby.after === undefined ? messages.standsBy() : messages.standsByAfter({ after: standby.after });
}

async function listMembers({ output, ask, say }: Session): Promise<void> {
  const members = await ask('team.members', {});
  const rows = members.map((member) => [
    member.id,
    stateMessage(member.connected ? 'connected' : 'away'),
    String(member.behind ?? ''),
    member.lastSeen ?? '',
    member.name,
    describeFilter(member, say),
  ]);
  const { id, state, waitingHeading, lastSeen, name, receives, noMembers } = messages;
  const headings = [id(), state(), waitingHeading(), lastSeen(), name(), receives()];
  output.table(members, headings, rows, noMembers());
}

function describeFilter({ filter }: TeamMember, say: Say): string {
  const parts = (['connections', 'hooks', 'events'] as const).flatMap((kind) => {
    const names = filter[kind];
    return names === undefined ? [] : [say(messages[kind]({ names: names.join(' ') }))];
  });
  return parts.length === 0 ? say(messages.allEvents()) : parts.join('; ');
}

async function remove(session: Session, _options: object, text = ''): Promise<void> {
  const { output, ask } = session;
  const isMeant = ({ id, name }: TeamMember): boolean =>
    id.startsWith(text) || name.toLowerCase() === text.toLowerCase();
  const { id, name } = theOne(await ask('team.members', {}), text, 'member', isMeant);
  await ask('team.remove', { member: id });
  output.result({ id }, [session.say(programMessages.removed({ name }))]);
  output.note(messages.keyAccepted());
}

async function rotateKey({ output, ask, say }: Session): Promise<void> {
  await ask('team.rotateKey', {});
  output.result({}, [say(messages.keyRotated())]);
}

async function takeOver(session: Session): Promise<void> {
  const team = await session.ask('team.takeOver', {});
  showTeam(session, team);
}

async function standBy(session: Session, { automatic = false, after }: StandbyOptions): Promise<void> {
  if (after !== undefined && !automatic) throw usageFailure(messages.afterAndAutomatic());
  const change = { automatic, ...(after === undefined ? {} : { after: wholeNumberOf('--after', after, 60, 86_400) }) };
  showTeam(session, await session.ask('team.standby', change));
}

async function forgetStandby(session: Session, _options: object, text = ''): Promise<void> {
  const { output, ask, say } = session;
  const { standbys = [] } = await ask('team.status', {});
  const isMeant = ({ id, computer }: (typeof standbys)[number]): boolean =>
    id.startsWith(text) || computer.toLowerCase() === text.toLowerCase();
  const { id, computer } = theOne(standbys, text, 'standby', isMeant);
  await ask('team.forgetStandby', { standby: id });
  output.result({ id }, [say(programMessages.removed({ name: computer }))]);
  output.note(messages.standbyForgotten());
}

async function leave({ output, ask, say }: Session): Promise<void> {
  await ask('team.leave', {});
  output.result({}, [say(messages.left())]);
}

async function printServerConfig({ output, ask }: Session, options: ServerConfigOptions): Promise<void> {
  const { text } = await ask('team.serverConfig', serverInput(options));
  output.result({ text }, [text.trimEnd()]);
}

function serverInput({ port, storeDir, certificate, key, account }: ServerConfigOptions): Input<'team.serverConfig'> {
  if ((certificate === undefined) !== (key === undefined)) throw usageFailure(messages.certificateAndKey());
  return {
    ...(port === undefined ? {} : { port: portOf('--port', port, 1) }),
    ...(storeDir === undefined ? {} : { storeDir }),
    ...(certificate === undefined || key === undefined ? {} : { tls: { certificate, key } }),
    ...(account ? { accountOnly: true } : {}),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fileFailure(error);
  }
}

/** Creates the file before it requests the text, because an invitation cannot be shown again. Never overwrites a file. */
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
