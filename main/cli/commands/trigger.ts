import type { Command } from 'commander';
import { fits } from '../../engine/event-pattern.ts';
import { usageFailure } from '../exit.ts';
import { eventMessages } from '../messages/index.ts';
import { act, collect, hookNamed, pairs, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface TriggerOptions {
  readonly hook?: string;
  readonly set?: readonly string[];
}

export function addTriggerCommand(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  program
    .command('trigger')
    .description(say(eventMessages.trigger()))
    .argument('<event>', say(eventMessages.triggerEvent()))
    .option('--hook <hook>', say(eventMessages.triggerHook()))
    .option('--set <path=value>', say(eventMessages.triggerSet()), collect)
    .action(act<TriggerOptions>(terminal, trigger));
}

async function trigger(session: Session, { hook, set = [] }: TriggerOptions, event = ''): Promise<void> {
  const id = hook === undefined ? await hookFor(session, event) : (await hookNamed(session, hook)).id;
  const values = Object.entries(pairs(set, '--set')).map(([path, text]) => [path, jsonOrText(text)] as const);
  const answer = await session.ask('samples.send', { hook: id, event, set: Object.fromEntries(values) });
  session.output.result(answer, [session.say(eventMessages.delivered({ id: answer.deliveryId }))]);
}

/** The hook for the event that Ringback created; throws if there is not exactly one. */
async function hookFor(session: Session, event: string): Promise<string> {
  const hooks = (await session.ask('hooks.list', {})).filter((hook) => hook.ours && fits(hook.event, event));
  const [one, ...more] = hooks;
  if (one === undefined) throw usageFailure(eventMessages.noHookFor({ event }));
  if (more.length > 0) throw usageFailure(eventMessages.severalHooksFor({ event, count: hooks.length }));
  return one.id;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The parsed JSON, or the text itself if it is not JSON. */
function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
