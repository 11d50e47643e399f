import { type Command, Option } from 'commander';
import type { Hook, HookPlan } from '../../../preload/contract/index.ts';
import type { Message } from '../../engine/messages/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { hookMessages, programMessages, stateMessage } from '../messages/index.ts';
import { hostText, plain } from '../output.ts';
import { readSecrets } from '../secrets.ts';
import { act, collect, connectionNamed, hookNamed, pairs, type Session } from '../session.ts';
import type { Say, Terminal } from '../terminal.ts';

interface CreateOptions {
  readonly system?: string;
  readonly scope?: readonly string[];
  readonly region?: string;
  readonly filter?: string;
}

export function addHookCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const group = program.command('hooks').description(say(hookMessages.group()));
  group
    .command('ls')
    .description(say(hookMessages.ls()))
    .option('--connection <connection>', say(hookMessages.lsConnection()))
    .option('--refresh', say(hookMessages.lsRefresh()))
    .action(act<{ connection?: string; refresh?: boolean }>(terminal, list));
  group
    .command('create')
    .description(say(hookMessages.create()))
    .argument('<connection>')
    .argument('<event>', say(hookMessages.createEvent()))
    .option('--system <system>', say(hookMessages.createSystem()))
    .option('--scope <key=value>', say(hookMessages.createScope()), collect)
    .option('--region <region>', say(hookMessages.createRegion()))
    .option('--filter <filter>', say(hookMessages.createFilter()))
    .action(act<CreateOptions>(terminal, create));
  for (const [name, status, description] of [
    ['pause', 'inactive', hookMessages.pause()],
    ['resume', 'active', hookMessages.resume()],
  ] as const) {
    group
      .command(name)
      .description(say(description))
      .argument('<hook>')
      .option('--external', say(hookMessages.changeExternal()))
      .action(act<External>(terminal, (session, options, text) => setStatus(session, options, status, text)));
  }
  group
    .command('rm')
    .description(say(hookMessages.rm()))
    .argument('<hook>')
    .option('--external', say(hookMessages.removeExternal()))
    .action(act<External>(terminal, remove));
  addForward(group, terminal);
  group
    .command('repair')
    .description(say(hookMessages.repair()))
    .option('--dry-run', say(hookMessages.dryRun()))
    .action(act<{ dryRun?: boolean }>(terminal, repair));
}

interface External {
  readonly external?: boolean;
}

const orders = ['ordered', 'parallel'] as const;
type Order = (typeof orders)[number];

interface ForwardOptions {
  readonly order?: Order;
  readonly secret?: string | true;
  readonly off?: boolean;
}

function addForward(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  group
    .command('forward')
    .description(say(hookMessages.forward()))
    .argument('<hook>')
    .argument('[url]', say(hookMessages.forwardUrl()))
    .addOption(new Option('--order <order>', say(hookMessages.forwardOrder())).choices(orders))
    .option('--secret [VARIABLE]', say(hookMessages.forwardSecret()))
    .option('--off', say(hookMessages.forwardOff()))
    .action(act<ForwardOptions>(terminal, forward));
}

async function forward(session: Session, options: ForwardOptions, text = '', url?: string): Promise<void> {
  const { ask, output, say, terminal } = session;
  const { secret, off = false, order } = options;
  const hook = await hookNamed(session, text);
  const address = url ?? hook.forward?.url;
  if (address === undefined && !off) throw usageFailure(hookMessages.noUrl());
  const name = secret === true ? 'secret' : `secret=${secret}`;
  const given = secret === undefined ? {} : await readSecrets([name], terminal);
  const enabled = url !== undefined || hook.forward?.enabled !== false;
  const change = off ? null : { url: address ?? '', enabled, ...given, ...(order && { order }) };
  const { forward: set } = await ask('hooks.update', { id: hook.id, forward: change });
  output.result(set ?? {}, [say(describeForward(set))]);
}

function describeForward(forward: Hook['forward']): Message {
  if (!forward) return hookMessages.forwardsNothing();
  const { url, enabled, order } = forward;
  if (!enabled) return hookMessages.forwardDisabled({ url });
  return order === 'parallel' ? hookMessages.forwardsParallel({ url }) : hookMessages.forwardsInOrder({ url });
}

async function list(session: Session, options: { connection?: string; refresh?: boolean }): Promise<void> {
  const { output, ask, say } = session;
  const { connection, refresh = false } = options;
  const chosen = connection === undefined ? {} : { connection: (await connectionNamed(session, connection)).id };
  const hooks = await ask('hooks.list', { ...chosen, refresh });
  const { id, status, ours, event, watches, yes, no, none } = hookMessages;
  const rows = hooks.map((hook) => [hook.id, stateOf(hook), hook.ours ? yes() : no(), hook.event, watched(hook)]);
  output.table(hooks, [id(), status(), ours(), event(), watches()], rows, none());
  for (const { message, reason } of await ask('hooks.problems', {})) output.note(hostText(say, message, reason));
}

function stateOf({ status, paused, problem }: Hook): Message | string {
  if (problem !== undefined) return stateMessage('problem');
  return stateMessage(paused ? 'paused' : status);
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

function show({ output, say }: Session, hook: Hook): void {
  output.result(hook, [`${hook.id}  ${plain(hook.event)}  ${plain(say(stateOf(hook)))}`]);
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
  session.output.result({ id }, [session.say(programMessages.removed({ name: event }))]);
}

async function repair({ output, ask, say }: Session, { dryRun = false }: { dryRun?: boolean }): Promise<void> {
  const plan = await ask('hooks.reconcile', { dryRun });
  const lines = [hostText(say, plan.text, plan.textMessage), ...plan.steps.map((step) => describeStep(step, say))];
  output.result(plan, lines);
  for (const { message, reason } of plan.problems) output.note(hostText(say, message, reason));
  if (!dryRun && hasFailed(plan)) throw new CommandFailure(exitCodes.failed, hookMessages.notRepaired());
}

function describeStep({ text, textMessage, problem, problemMessage }: HookPlan['steps'][number], say: Say): string {
  const line = `  ${hostText(say, text, textMessage)}`;
  return problem === undefined ? line : `${line}: ${hostText(say, problem, problemMessage)}`;
}

function hasFailed({ steps, problems }: HookPlan): boolean {
  return problems.length > 0 || steps.some(({ problem }) => problem !== undefined);
}
