import type { Command } from 'commander';
import type { Connection, ConnectorInfo } from '../../../preload/contract/index.ts';
import { usageFailure } from '../exit.ts';
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
  const group = program.command('connections').description('Accounts at the providers');
  group.command('ls').description('List connections').action(act(terminal, list));
  group
    .command('add')
    .description('Add a connection after signing in with it')
    .argument('<connector>', 'such as aps-webhooks or autoflex')
    .option('--name <name>', 'what you call it')
    .option('--set <field=value>', 'a setting; may be repeated', collect)
    .option(
      '--secret <field[=VARIABLE]>',
      'a secret, read from a prompt, from standard input, or from that environment variable; may be repeated',
      collect,
    )
    .action(act<AddOptions>(terminal, add));
  group
    .command('rm')
    .description('Remove a connection and its hooks at the provider')
    .argument('<connection>')
    .option('--keep-hooks', 'leave its hooks at the provider')
    .action(act<{ keepHooks?: boolean }>(terminal, remove));
  group
    .command('check')
    .description('Sign in again and show whose account it is')
    .argument('<connection>')
    .action(act(terminal, check));
  group
    .command('sign-in')
    .description('Sign a person in, in the browser')
    .argument('<connection>')
    .action(act(terminal, signIn));
}

async function list({ output, ask }: Session): Promise<void> {
  const connections = await ask('connections.list', {});
  const rows = connections.map(({ id, connector, name, account = '', signIn, incomplete }) => [
    id,
    connector,
    incomplete ? 'credentials missing' : (signIn?.state ?? 'signed-in'),
    name,
    account,
  ]);
  output.table(connections, [['ID', 'CONNECTOR', 'SIGN-IN', 'NAME', 'ACCOUNT'], ...rows], 'There are no connections.');
}

async function add(session: Session, options: AddOptions, connector = ''): Promise<void> {
  const { name, set = [], secret = [] } = options;
  const info = await connectorNamed(session, connector);
  const settings = pairs(set, '--set');
  const wrong = info.fields.find(({ kind, name: field }) => kind === 'secret' && field in settings);
  if (wrong)
    throw usageFailure(
      `"${wrong.name}" is a secret, which does not belong in an argument. Use --secret ${wrong.name}.`,
    );
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
  if (!found)
    throw usageFailure(`There is no connector "${id}". Choose one of: ${connectors.map((one) => one.id).join(', ')}`);
  return found;
}

function show({ output }: Session, connection: Connection): void {
  const account = connection.account === undefined ? '' : ` (${plain(connection.account)})`;
  output.result(connection, [`${connection.id}  ${plain(connection.name)}${account}`]);
}

async function remove(session: Session, { keepHooks = false }: { keepHooks?: boolean }, text = ''): Promise<void> {
  const { id, name } = await connectionNamed(session, text);
  await session.ask('connections.remove', { id, keepHooks });
  session.output.result({ id }, [`Removed ${plain(name)}`]);
}

async function check(session: Session, _options: object, text = ''): Promise<void> {
  const { id } = await connectionNamed(session, text);
  show(session, await session.ask('connections.check', { id }));
}

async function signIn(session: Session, _options: object, text = ''): Promise<void> {
  const { id } = await connectionNamed(session, text);
  const answer = await session.ask('connections.signIn', { id });
  const opened = answer.opened || (await openAddress(answer.url, session.terminal));
  session.output.result({ ...answer, opened }, opened ? ['Sign in on the page that was opened.'] : [answer.url]);
}
