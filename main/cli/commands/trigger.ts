import type { Command } from 'commander';
import { fits } from '../../engine/event-pattern.ts';
import { usageFailure } from '../exit.ts';
import { act, collect, hookNamed, pairs, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface TriggerOptions {
  readonly hook?: string;
  readonly set?: readonly string[];
}

export function addTriggerCommand(program: Command, terminal: Terminal): void {
  program
    .command('trigger')
    .description("Send a signed sample of an event to a hook's public address; the history marks it as a sample")
    .argument('<event>', 'such as dm.version.added')
    .option('--hook <hook>', 'needed where several hooks are registered for the event')
    .option('--set <path=value>', 'replace a member, such as payload.name=Tower.rvt; may be repeated', collect)
    .action(act<TriggerOptions>(terminal, trigger));
}

async function trigger(session: Session, { hook, set = [] }: TriggerOptions, event = ''): Promise<void> {
  const id = hook === undefined ? await hookFor(session, event) : (await hookNamed(session, hook)).id;
  const values = Object.entries(pairs(set, '--set')).map(([path, text]) => [path, jsonOrText(text)] as const);
  const answer = await session.ask('samples.send', { hook: id, event, set: Object.fromEntries(values) });
  session.output.result(answer, [`Delivered as ${answer.deliveryId}`]);
}

/** The only hook created here that is registered for the event. */
async function hookFor(session: Session, event: string): Promise<string> {
  const hooks = (await session.ask('hooks.list', {})).filter((hook) => hook.ours && fits(hook.event, event));
  const [one, ...more] = hooks;
  if (one === undefined)
    throw usageFailure(`No hook is registered for ${event}. Create one with: ringback hooks create`);
  if (more.length > 0) throw usageFailure(`${hooks.length} hooks are registered for ${event}. Choose one with --hook.`);
  return one.id;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** JSON where it is JSON, else text. */
function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
