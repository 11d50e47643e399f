import { Argument, type Command } from 'commander';
import type { Input, SinkView } from '../../../preload/contract/index.ts';
import { usageFailure } from '../exit.ts';
import { connectionMessages, notifyMessages, programMessages, stateMessage } from '../messages/index.ts';
import { plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, collect, pairs, portOf, type Session, theOne } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface AddOptions {
  readonly name?: string;
  readonly set?: readonly string[];
  readonly secret?: readonly string[];
}

type Target = Input<'sinks.add'>['target'];

/** The fields of each kind; secrets are never given as arguments. */
const fields: Readonly<
  Record<Target['kind'], { readonly settings: readonly string[]; readonly secrets: readonly string[] }>
> = {
  ntfy: { settings: [], secrets: ['url', 'token'] },
  webhook: { settings: ['format'], secrets: ['url', 'token'] },
  email: { settings: ['host', 'port', 'security', 'from', 'to', 'username'], secrets: ['password'] },
  'notify-send': { settings: [], secrets: [] },
};

const fieldHelp = Object.entries(fields)
  .map(([kind, { settings, secrets }]) => {
    const options = [...settings.map((name) => `--set ${name}=…`), ...secrets.map((name) => `--secret ${name}`)];
    return `  ${kind.padEnd(11)}  ${options.join(' ')}`.trimEnd();
  })
  .join('\n');

export function addNotifyCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const group = program.command('notify').description(say(notifyMessages.group()));
  group.command('ls').description(say(notifyMessages.ls())).action(act(terminal, list));
  group
    .command('add')
    .description(say(notifyMessages.add()))
    .addArgument(new Argument('<kind>', say(notifyMessages.kind())).choices(Object.keys(fields)))
    .option('--name <name>', say(connectionMessages.addName()))
    .option('--set <field=value>', say(connectionMessages.addSet()), collect)
    .option('--secret <field[=VARIABLE]>', say(connectionMessages.addSecret()), collect)
    .addHelpText('after', `\n${say(notifyMessages.fields())}\n${fieldHelp}\n\n${say(notifyMessages.remarks())}`)
    .action(act<AddOptions>(terminal, add));
  group.command('rm').description(say(notifyMessages.rm())).argument('<place>').action(act(terminal, remove));
  for (const enabled of [true, false]) {
    group
      .command(enabled ? 'enable' : 'disable')
      .description(say(enabled ? notifyMessages.enable() : notifyMessages.disable()))
      .argument('<place>')
      .action(act(terminal, (session, _options, text = '') => setEnabled(session, text, enabled)));
  }
  group.command('test').description(say(notifyMessages.test())).argument('<place>').action(act(terminal, test));
}

async function list({ ask, output }: Session): Promise<void> {
  const sinks = await ask('sinks.list', {});
  const rows = sinks.map((sink) => [
    sink.id,
    sink.kind,
    stateMessage(stateOf(sink)),
    String(sink.waiting),
    sink.name,
    sink.target,
  ]);
  const { id, kindHeading, state, waiting, name, target, nowhere } = notifyMessages;
  output.table(sinks, [id(), kindHeading(), state(), waiting(), name(), target()], rows, nowhere());
}

function stateOf({ enabled, problem }: SinkView): string {
  if (!enabled) return 'disabled';
  return problem === undefined ? 'enabled' : 'failing';
}

async function add(session: Session, { name, set = [], secret = [] }: AddOptions, kind = ''): Promise<void> {
  const settings = pairs(set, '--set');
  const secrets = await readSecrets(
    checkedNames(kind as Target['kind'], Object.keys(settings), secret),
    session.terminal,
  );
  const sink = await session.ask('sinks.add', {
    target: toTarget({ kind, ...settings, ...secrets }),
    ...(name === undefined ? {} : { name }),
  });
  show(session, sink);
}

/** The names of the secrets; throws if a field does not exist. */
function checkedNames(
  kind: Target['kind'],
  settings: readonly string[],
  secrets: readonly string[],
): readonly string[] {
  const known = fields[kind];
  for (const name of settings) {
    if (known.secrets.includes(name)) throw usageFailure(programMessages.secretInArgument({ field: name }));
    if (!known.settings.includes(name)) throw usageFailure(notifyMessages.noSetting({ kind, name }));
  }
  return secrets;
}

/** Converts the text to the contract's type: a port is a number, and recipients are separated by commas. */
function toTarget({ port, to, ...texts }: Readonly<Record<string, string>>): Target {
  return {
    ...texts,
    ...(port === undefined ? {} : { port: portOf('--set port', port, 1) }),
    ...(to === undefined ? {} : { to: to.split(',').map((address) => address.trim()) }),
  } as unknown as Target;
}

async function sinkNamed({ ask }: Session, text: string): Promise<SinkView> {
  const sinks = await ask('sinks.list', {});
  const named = text.toLowerCase();
  if (sinks.length === 0) throw usageFailure(notifyMessages.nowhere());
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
  session.output.result({ id }, [session.say(programMessages.removed({ name }))]);
}

async function setEnabled(session: Session, text: string, enabled: boolean): Promise<void> {
  const { id } = await sinkNamed(session, text);
  show(session, await session.ask('sinks.update', { id, enabled }));
}

async function test(session: Session, _options: object, text = ''): Promise<void> {
  const { id, name } = await sinkNamed(session, text);
  await session.ask('sinks.test', { id });
  session.output.result({ id }, [session.say(notifyMessages.tested({ name }))]);
}

function show({ output, say }: Session, sink: SinkView): void {
  output.result(sink, [`${sink.id}  ${sink.kind}  ${say(stateMessage(stateOf(sink)))}  ${plain(sink.name)}`]);
}
