import type { Command } from 'commander';
import type { Input, SinkView } from '../../../preload/contract/index.ts';
import { usageFailure } from '../exit.ts';
import { plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, collect, pairs, type Session, theOne } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface AddOptions {
  readonly name?: string;
  readonly set?: readonly string[];
  readonly secret?: readonly string[];
}

type Target = Input<'sinks.add'>['target'];

/** What each kind is made of; a secret never stands in an argument. */
const fields: Readonly<
  Record<Target['kind'], { readonly settings: readonly string[]; readonly secrets: readonly string[] }>
> = {
  ntfy: { settings: [], secrets: ['url', 'token'] },
  webhook: { settings: ['format'], secrets: ['url', 'token'] },
  email: { settings: ['host', 'port', 'security', 'from', 'to', 'username'], secrets: ['password'] },
};

const fieldHelp = Object.entries(fields)
  .map(([kind, { settings, secrets }]) => {
    const options = [...settings.map((name) => `--set ${name}=…`), ...secrets.map((name) => `--secret ${name}`)];
    return `  ${kind.padEnd(8)} ${options.join(' ')}`;
  })
  .join('\n');

export function addNotifyCommands(program: Command, terminal: Terminal): void {
  const group = program.command('notify').description('Where notifications are sent besides this computer');
  group.command('ls').description('List them').action(act(terminal, list));
  group
    .command('add')
    .description('Send notifications to ntfy, to a webhook or by mail')
    .argument('<kind>', 'ntfy, webhook or email')
    .option('--name <name>', 'what you call it')
    .option('--set <field=value>', 'a setting; may be repeated', collect)
    .option(
      '--secret <field[=VARIABLE]>',
      'a secret, read from a prompt, from standard input, or from that environment variable; may be repeated',
      collect,
    )
    .addHelpText(
      'after',
      `\nFields:\n${fieldHelp}\n\nThe format of a webhook is json, slack or teams; security is starttls, tls or none.`,
    )
    .action(act<AddOptions>(terminal, add));
  group.command('rm').description('Send nothing there any more').argument('<name>').action(act(terminal, remove));
  for (const enabled of [true, false]) {
    group
      .command(enabled ? 'enable' : 'disable')
      .description(enabled ? 'Send notifications there again' : 'Send nothing there for now')
      .argument('<name>')
      .action(act(terminal, (session, _options, text = '') => setEnabled(session, text, enabled)));
  }
  group.command('test').description('Send a test notification now').argument('<name>').action(act(terminal, test));
}

async function list({ ask, output }: Session): Promise<void> {
  const sinks = await ask('sinks.list', {});
  const rows = sinks.map((sink) => [sink.id, sink.kind, stateOf(sink), String(sink.waiting), sink.name, sink.target]);
  const headings = ['ID', 'KIND', 'STATE', 'WAITING', 'NAME', 'TARGET'];
  output.table(sinks, [headings, ...rows], 'Notifications are sent nowhere. Add a place with: ringback notify add');
}

function stateOf({ enabled, problem }: SinkView): string {
  if (!enabled) return 'disabled';
  return problem === undefined ? 'enabled' : 'failing';
}

async function add(session: Session, { name, set = [], secret = [] }: AddOptions, kind = ''): Promise<void> {
  const settings = pairs(set, '--set');
  const secrets = await readSecrets(checkedNames(kind, Object.keys(settings), secret), session.terminal);
  const sink = await session.ask('sinks.add', {
    target: toTarget({ kind, ...settings, ...secrets }),
    ...(name === undefined ? {} : { name }),
  });
  show(session, sink);
}

/** The names of the secrets; throws where the kind, or a field, does not exist. */
function checkedNames(kind: string, settings: readonly string[], secrets: readonly string[]): readonly string[] {
  const known = Object.entries(fields).find(([name]) => name === kind)?.[1];
  if (!known)
    throw usageFailure(`Notifications cannot be sent to "${kind}". Choose ${Object.keys(fields).join(', ')}.`);
  for (const name of settings) {
    if (known.secrets.includes(name))
      throw usageFailure(`"${name}" is a secret, which does not belong in an argument. Use --secret ${name}.`);
    if (!known.settings.includes(name)) throw usageFailure(`${kind} has no setting "${name}".`);
  }
  return secrets;
}

/** Text as the contract wants it: a port is a number, and several recipients are separated by commas. */
function toTarget({ port, to, ...texts }: Readonly<Record<string, string>>): Target {
  return {
    ...texts,
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(to === undefined ? {} : { to: to.split(',').map((address) => address.trim()) }),
  } as unknown as Target;
}

async function sinkNamed({ ask }: Session, text: string): Promise<SinkView> {
  const sinks = await ask('sinks.list', {});
  const named = text.toLowerCase();
  if (sinks.length === 0) throw usageFailure('Notifications are sent nowhere. Add a place with: ringback notify add');
  return theOne(
    sinks,
    text,
    'place',
    ({ id, name, kind }) => id.startsWith(text) || name.toLowerCase() === named || kind === text,
  );
}

async function remove(session: Session, _options: object, text = ''): Promise<void> {
  const { id, name } = await sinkNamed(session, text);
  await session.ask('sinks.remove', { id });
  session.output.result({ id }, [`Removed ${plain(name)}`]);
}

async function setEnabled(session: Session, text: string, enabled: boolean): Promise<void> {
  const { id } = await sinkNamed(session, text);
  show(session, await session.ask('sinks.update', { id, enabled }));
}

async function test(session: Session, _options: object, text = ''): Promise<void> {
  const { id, name } = await sinkNamed(session, text);
  await session.ask('sinks.test', { id });
  session.output.result({ id }, [`Sent a test notification to ${plain(name)}`]);
}

function show({ output }: Session, sink: SinkView): void {
  output.result(sink, [`${sink.id}  ${sink.kind}  ${stateOf(sink)}  ${plain(sink.name)}`]);
}
