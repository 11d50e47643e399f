import type { Command } from 'commander';
import type { EventView, ForwardAttempt } from '../../../preload/contract/index.ts';
import { HostGoneError } from '../../control/index.ts';
import { fits } from '../../engine/event-pattern.ts';
import { type EventFilter, readEvents, toFilter } from '../event-pages.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { eventMessages } from '../messages/index.ts';
import { hostText, plain } from '../output.ts';
import { act, type Session } from '../session.ts';
import type { Say, Terminal } from '../terminal.ts';

interface ListenOptions {
  readonly forwardTo?: string;
  readonly hook?: string;
  readonly event?: string;
  readonly signWith?: string;
  readonly since?: string;
}

interface ResendOptions {
  readonly to?: string;
  readonly signWith?: string;
}

export function addListenCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  program
    .command('listen')
    .description(say(eventMessages.listen()))
    .option('--forward-to <url>', say(eventMessages.forwardTo()))
    .option('--hook <hook>', say(eventMessages.hook()))
    .option('--event <pattern>', say(eventMessages.pattern()))
    .option('--sign-with <VARIABLE>', say(eventMessages.signWith()))
    .option('--since <time>', say(eventMessages.since()))
    .action(act<ListenOptions>(terminal, listen));
  program
    .command('resend')
    .description(say(eventMessages.resend()))
    .argument('<event...>')
    .option('--to <url>', say(eventMessages.resendTo()))
    .option('--sign-with <VARIABLE>', say(eventMessages.signWith()))
    .action(act<ResendOptions>(terminal, resend));
}

async function listen(session: Session, options: ListenOptions): Promise<void> {
  const { output, say, terminal } = session;
  const { forwardTo, signWith, since, ...rest } = options;
  if (signWith !== undefined && forwardTo === undefined)
    throw usageFailure(eventMessages.signWithNeeds({ option: '--forward-to' }));
  const target = forwardTo === undefined ? undefined : { url: forwardTo, ...secretIn(signWith, terminal) };
  const filter = await toFilter(session, rest);
  const isChosen = (event: EventView): boolean =>
    (filter.hook === undefined || event.hook === filter.hook) &&
    (filter.event === undefined || fits(filter.event, event.event ?? ''));
  const earliest = since === undefined ? {} : await toFilter(session, { since });
  let newest = since === undefined ? await newestId(session) : 0;
  const show = async (event: EventView): Promise<void> => {
    const forward = target && (await session.askAcrossRestart('events.forward', { id: event.id, ...target }));
    output.record(forward ? { event, forward } : { event }, describeEvent(say, event, forward));
    newest = Number(event.id);
  };
  const follow = async (): Promise<void> => {
    const client = await session.host();
    for await (const change of client.changes(terminal.signal)) {
      if (change.type === 'ready') {
        output.note(forwardTo === undefined ? eventMessages.waiting() : eventMessages.forwarding({ url: forwardTo }));
        for (const event of await eventsAfter(session, newest, { ...filter, ...earliest })) await show(event);
      } else if (change.type === 'event' && Number(change.event.id) > newest && isChosen(change.event)) {
        await show(change.event);
      }
    }
  };
  while (!terminal.signal.aborted) {
    await follow().catch((error: unknown) => {
      if (!(error instanceof HostGoneError)) throw error;
    });
    // Events that arrive while no host responds are shown later: those newer than the newest one shown.
    await session.askAcrossRestart('status.get', {});
  }
}

/** The number of the newest stored event; 0 if there is none. */
async function newestId({ ask }: Session): Promise<number> {
  const { events } = await ask('events.list', { limit: 1 });
  return Number(events[0]?.id ?? 0);
}

/** The events that match the filter and are newer than this one, oldest first. */
async function eventsAfter(session: Session, newest: number, filter: EventFilter): Promise<EventView[]> {
  const events: EventView[] = [];
  for await (const event of readEvents(session, filter)) {
    if (Number(event.id) <= newest) break;
    events.push(event);
  }
  return events.reverse();
}

function describeEvent(say: Say, event: EventView, forward: ForwardAttempt | undefined): string {
  const line = `${event.receivedAt}  ${event.id}  ${plain(event.event ?? '')}  ${hostText(say, event.title, event.titleMessage)}`;
  return forward ? `${line}  → ${describeAttempt(say, forward)}` : line;
}

function describeAttempt(say: Say, { status, ms, problem, problemMessage }: ForwardAttempt): string {
  if (status !== undefined) return `${status} (${ms} ms)`;
  return problem === undefined ? say(eventMessages.noResponse()) : hostText(say, problem, problemMessage);
}

async function resend(session: Session, { to, signWith }: ResendOptions, ...ids: readonly string[]): Promise<void> {
  if (signWith !== undefined && to === undefined) throw usageFailure(eventMessages.signWithNeeds({ option: '--to' }));
  const target = to === undefined ? {} : { url: to, ...secretIn(signWith, session.terminal) };
  let failures = 0;
  for (const [index, id] of ids.entries()) {
    const forward = await session.askAcrossRestart('events.forward', { id, ...target }).catch((error: unknown) => {
      if (ids.length > 1) session.output.note(eventMessages.notSent({ ids: ids.slice(index).join(' ') }));
      throw error;
    });
    session.output.record({ event: id, forward }, `${id}  → ${describeAttempt(session.say, forward)}`);
    if (forward.status === undefined || forward.status < 200 || forward.status > 299) failures++;
  }
  if (failures > 0)
    throw new CommandFailure(exitCodes.failed, eventMessages.notAccepted({ failures, count: ids.length }));
}

function secretIn(variable: string | undefined, { environment }: Terminal): { readonly secret?: string } {
  if (variable === undefined) return {};
  const secret = environment[variable];
  if (!secret) throw usageFailure(eventMessages.signWithUnset());
  return { secret };
}
