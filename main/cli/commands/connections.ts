import type { Command } from 'commander';
import type { Connection, ConnectorInfo } from '../../../preload/contract/index.ts';
import { usageFailure } from '../exit.ts';
import { connectionMessages, programMessages, stateMessage } from '../messages/index.ts';
import { openAddress } from '../open-address.ts';
import { plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, collect, connectionNamed, pairs, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface AddOptions {
  readonly name?: string;
  readonly set?: readonly string[];
  readonly secret?: readonly string[];
}

export function addConnectionCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const group = program.command('connections').description(say(connectionMessages.group()));
  group.command('ls').description(say(connectionMessages.ls())).action(act(terminal, list));
  group
    .command('add')
    .description(say(connectionMessages.add()))
    .argument('<connector>', say(connectionMessages.addConnector()))
    .option('--name <name>', say(connectionMessages.addName()))
    .option('--set <field=value>', say(connectionMessages.addSet()), collect)
    .option('--secret <field[=VARIABLE]>', say(connectionMessages.addSecret()), collect)
    .action(act<AddOptions>(terminal, add));
  group
    .command('rm')
    .description(say(connectionMessages.rm()))
    .argument('<connection>')
    .option('--keep-hooks', say(connectionMessages.keepHooks()))
    .action(act<{ keepHooks?: boolean }>(terminal, remove));
  group
    .command('check')
    .description(say(connectionMessages.check()))
    .argument('<connection>')
    .action(act(terminal, check));
  group
    .command('sign-in')
    .description(say(connectionMessages.signIn()))
    .argument('<connection>')
    .action(act(terminal, signIn));
}

async function list({ output, ask }: Session): Promise<void> {
  const connections = await ask('connections.list', {});
  const rows = connections.map(({ id, connector, name, account = '', signIn, incomplete }) => [
    id,
    connector,
    incomplete ? connectionMessages.credentialsMissing() : stateMessage(signIn?.state ?? 'signed-in'),
    name,
    account,
  ]);
  const { id, connector, signInState, name, account, none } = connectionMessages;
  output.table(connections, [id(), connector(), signInState(), name(), account()], rows, none());
}

async function add(session: Session, options: AddOptions, connector = ''): Promise<void> {
  const { name, set = [], secret = [] } = options;
  const info = await connectorNamed(session, connector);
  const settings = pairs(set, '--set');
  const wrong = info.fields.find(({ kind, name: field }) => kind === 'secret' && field in settings);
  if (wrong) throw usageFailure(programMessages.secretInArgument({ field: wrong.name }));
  const secrets = await readSecrets(secret, session.terminal);
  const connection = await session.ask('connections.add', {
    ...{ connector, settings, secrets },
    ...(name === undefined ? {} : { name }),
  });
  show(session, connection);
}

async function connectorNamed({ ask }: Session, id: string): Promise<ConnectorInfo> {
  const connectors = await ask('connectors.list', {});
  const found = connectors.find((one) => one.id === id);
  const choices = connectors.map((one) => one.id).join(', ');
  if (!found) throw usageFailure(connectionMessages.noConnector({ id, choices }));
  return found;
}

function show({ output }: Session, connection: Connection): void {
  const account = connection.account === undefined ? '' : ` (${plain(connection.account)})`;
  output.result(connection, [`${connection.id}  ${plain(connection.name)}${account}`]);
}

async function remove(session: Session, { keepHooks = false }: { keepHooks?: boolean }, text = ''): Promise<void> {
  const { id, name } = await connectionNamed(session, text);
  await session.ask('connections.remove', { id, keepHooks });
  session.output.result({ id }, [session.say(programMessages.removed({ name }))]);
}

async function check(session: Session, _options: object, text = ''): Promise<void> {
  const { id } = await connectionNamed(session, text);
  show(session, await session.ask('connections.check', { id }));
}

async function signIn(session: Session, _options: object, text = ''): Promise<void> {
  const { id } = await connectionNamed(session, text);
  const answer = await session.ask('connections.signIn', { id });
  const opened = answer.opened || (await openAddress(answer.url, session.terminal));
  const line = opened ? session.say(connectionMessages.signInOpened()) : answer.url;
  session.output.result({ ...answer, opened }, [line]);
}
