import type { Command } from 'commander';
import type { Hook, HookPlan } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, collect, connectionNamed, hookNamed, pairs, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface CreateOptions {
  readonly system?: string;
  readonly scope?: readonly string[];
  readonly region?: string;
  readonly filter?: string;
}

export function addHookCommands(program: Command, terminal: Terminal): void {
  const group = program.command('hooks').description('Webhooks at the providers');
  group
    .command('ls')
    .description('List hooks')
    .option('--connection <connection>', 'only its hooks')
    .option('--refresh', 'query the provider first')
    .action(act<{ connection?: string; refresh?: boolean }>(terminal, list));
  group
    .command('create')
    .description('Create a hook')
    .argument('<connection>')
    .argument('<event>', 'such as dm.version.added')
    .option('--system <system>', 'such as data')
    .option('--scope <key=value>', 'what to watch; may be repeated', collect)
    .option('--region <region>')
    .option('--filter <filter>')
    .action(act<CreateOptions>(terminal, create));
  for (const [name, status, description] of [
    ['pause', 'inactive', 'Pause a hook'],
    ['resume', 'active', 'Resume a paused hook'],
  ] as const) {
    group
      .command(name)
      .description(description)
      .argument('<hook>')
      .option('--external', 'confirm the change of a hook that Ringback did not create')
      .action(act<External>(terminal, (session, options, text) => setStatus(session, options, status, text)));
  }
  group
    .command('rm')
    .description('Remove a hook at the provider')
    .argument('<hook>')
    .option('--external', 'confirm the removal of a hook that Ringback did not create')
    .action(act<External>(terminal, remove));
  addForward(group, terminal);
  group
    .command('repair')
    .description('Compare the hooks with those at the provider, and repair them')
    .option('--dry-run', 'only show what would be done')
    .action(act<{ dryRun?: boolean }>(terminal, repair));
}

interface External {
  readonly external?: boolean;
}

interface ForwardOptions {
  readonly order?: string;
  readonly secret?: string | true;
  readonly off?: boolean;
}

function addForward(group: Command, terminal: Terminal): void {
  group
    .command('forward')
    .description('Send the events of a hook to an address as well, each at least once')
    .argument('<hook>')
    .argument('[url]', 'such as http://localhost:3000/callback; the present one when absent')
    .option('--order <order>', '"ordered": an event waits for those before it; "parallel": several at once')
    .option('--secret [VARIABLE]', 'sign them again with a secret, read as "ringback connections add --help" says')
    .option('--off', 'send nothing there any more')
    .action(act<ForwardOptions>(terminal, forward));
}

async function forward(session: Session, options: ForwardOptions, text = '', url?: string): Promise<void> {
  const { ask, output, terminal } = session;
  const { secret, off = false } = options;
  const order = orderOf(options.order);
  const hook = await hookNamed(session, text);
  const address = url ?? hook.forward?.url;
  if (address === undefined && !off) throw usageFailure('Name the URL to which the events are sent.');
  const name = secret === true ? 'secret' : `secret=${secret}`;
  const given = secret === undefined ? {} : await readSecrets([name], terminal);
  const enabled = url !== undefined || hook.forward?.enabled !== false;
  const wish = off ? null : { url: address ?? '', enabled, ...given, ...(order && { order }) };
  const { forward: set } = await ask('hooks.update', { id: hook.id, forward: wish });
  output.result(set ?? {}, [describeForward(set)]);
}

function describeForward(forward: Hook['forward']): string {
  if (!forward) return 'Forwards nothing';
  const { url, enabled, order } = forward;
  if (!enabled) return `Forwards nothing: ${plain(url)} is disabled`;
  return `Forwards to ${plain(url)}, ${order === 'parallel' ? 'several at once' : 'in order'}`;
}

function orderOf(text: string | undefined): 'ordered' | 'parallel' | undefined {
  if (text === undefined || text === 'ordered' || text === 'parallel') return text;
  throw usageFailure(`--order is ordered or parallel, not "${text}".`);
}

async function list(session: Session, options: { connection?: string; refresh?: boolean }): Promise<void> {
  const { output, ask } = session;
  const { connection, refresh = false } = options;
  const chosen = connection === undefined ? {} : { connection: (await connectionNamed(session, connection)).id };
  const hooks = await ask('hooks.list', { ...chosen, refresh });
  const rows = hooks.map((hook) => [hook.id, stateOf(hook), hook.ours ? 'yes' : 'no', hook.event, watched(hook)]);
  output.table(hooks, [['ID', 'STATUS', 'OURS', 'EVENT', 'WATCHES'], ...rows], 'There are no hooks.');
  for (const { message } of await ask('hooks.problems', {})) output.note(plain(message));
}

function stateOf({ status, paused, problem }: Hook): string {
  if (problem !== undefined) return 'problem';
  return paused ? 'paused' : status;
}

function watched({ place, scope }: Hook): string {
  const values = Object.entries(scope).map(([key, value]) => `${key}=${value}`);
  return place ?? values.join(' ');
}

async function create(session: Session, options: CreateOptions, text = '', event = ''): Promise<void> {
  const { scope = [], ...rest } = options;
  const { id } = await connectionNamed(session, text);
  const given = Object.fromEntries(
    Object.entries(rest).filter(([key]) => ['system', 'region', 'filter'].includes(key)),
  );
  show(session, await session.ask('hooks.create', { connection: id, event, scope: pairs(scope, '--scope'), ...given }));
}

function show({ output }: Session, hook: Hook): void {
  output.result(hook, [`${hook.id}  ${plain(hook.event)}  ${stateOf(hook)}`]);
}

async function setStatus(
  session: Session,
  { external = false }: External,
  status: 'active' | 'inactive',
  text = '',
): Promise<void> {
  const { id } = await hookNamed(session, text);
  show(session, await session.ask('hooks.update', { id, status, foreign: external }));
}

async function remove(session: Session, { external = false }: External, text = ''): Promise<void> {
  const { id, event } = await hookNamed(session, text);
  await session.ask('hooks.remove', { id, foreign: external });
  session.output.result({ id }, [`Removed ${plain(event)}`]);
}

async function repair({ output, ask }: Session, { dryRun = false }: { dryRun?: boolean }): Promise<void> {
  const plan = await ask('hooks.reconcile', { dryRun });
  output.result(plan, [plain(plan.text), ...plan.steps.map(describeStep)]);
  for (const { message } of plan.problems) output.note(plain(message));
  if (!dryRun && hasFailed(plan)) throw new CommandFailure(exitCodes.failed, 'Not everything could be repaired.');
}

function describeStep({ text, problem }: HookPlan['steps'][number]): string {
  return problem === undefined ? `  ${plain(text)}` : `  ${plain(text)}: ${plain(problem)}`;
}

function hasFailed({ steps, problems }: HookPlan): boolean {
  return problems.length > 0 || steps.some(({ problem }) => problem !== undefined);
}
