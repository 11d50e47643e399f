import { type Command, Option } from 'commander';
import type { EventView, Outcome } from '../../../preload/contract/index.ts';
import { storedMessage } from '../../engine/messages/index.ts';
import { type EventFilter, readEvents, toFilter } from '../event-pages.ts';
import { usageFailure } from '../exit.ts';
import { eventMessages, stateMessage } from '../messages/index.ts';
import { hostText, plain } from '../output.ts';
import { act, type Session } from '../session.ts';
import type { Say, Terminal } from '../terminal.ts';

const outcomes = ['success', 'failed', 'info'] as const satisfies readonly Outcome[];
const formats = ['ndjson', 'csv'] as const;

interface FilterOptions {
  readonly text?: string;
  readonly hook?: string;
  readonly connection?: string;
  readonly event?: string;
  readonly outcome?: Outcome;
  readonly since?: string;
  readonly until?: string;
}

interface ListOptions extends FilterOptions {
  readonly limit: string;
}

interface ExportOptions extends FilterOptions {
  readonly format: (typeof formats)[number];
  readonly body?: boolean;
}

export function addEventCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const group = program.command('events').description(say(eventMessages.group()));
  filtered(group.command('ls').description(say(eventMessages.ls())), say)
    .option('--limit <count>', say(eventMessages.limit()), '50')
    .action(act<ListOptions>(terminal, list));
  group
    .command('get')
    .description(say(eventMessages.get()))
    .argument('<event>')
    .option('--body', say(eventMessages.getBody()))
    .action(act<{ body?: boolean }>(terminal, get));
  filtered(group.command('export').description(say(eventMessages.export())), say)
    .addOption(new Option('--format <format>', say(eventMessages.exportFormat())).choices(formats).default('ndjson'))
    .option('--body', say(eventMessages.exportBody()))
    .action(act<ExportOptions>(terminal, exportAll));
}

/** Adds the options that choose events. */
function filtered(command: Command, say: Say): Command {
  return command
    .option('--text <text>', say(eventMessages.text()))
    .option('--hook <hook>', say(eventMessages.hook()))
    .option('--connection <connection>', say(eventMessages.connection()))
    .option('--event <pattern>', say(eventMessages.pattern()))
    .addOption(new Option('--outcome <outcome>', say(eventMessages.outcome())).choices(outcomes))
    .option('--since <time>', say(eventMessages.time()))
    .option('--until <time>', say(eventMessages.time()));
}

async function list(session: Session, options: ListOptions): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw usageFailure(eventMessages.badLimit({ text: options.limit }));
  const events: EventView[] = [];
  for await (const event of readEvents(session, await toFilter(session, options))) {
    events.push(event);
    if (events.length === limit) break;
  }
  const rows = events.map(({ id, receivedAt, outcome = '', event = '', title, titleMessage }) => [
    ...[id, receivedAt, stateMessage(outcome), event, storedMessage(title, titleMessage)],
  ]);
  const { id, received, outcomeHeading, event, title, none } = eventMessages;
  session.output.table(events, [id(), received(), outcomeHeading(), event(), title()], rows, none());
}

async function get({ output, ask, say }: Session, { body = false }: { body?: boolean }, id = ''): Promise<void> {
  const event = await ask('events.get', { id });
  if (body) return output.raw(event.bytes === undefined ? Buffer.from(event.body) : Buffer.from(event.bytes, 'base64'));
  const { headers: shownHeaders, body: shownBody } = event.shown ?? event;
  const headers = Object.entries(shownHeaders).map(([name, value]) => `${plain(name)}: ${plain(value)}`);
  output.result(event, [
    output.style('bold', hostText(say, event.title, event.titleMessage)),
    event.receivedAt,
    '',
    ...headers,
    '',
    plainLines(shownBody),
  ]);
}

/** Untrusted text of several lines, without the characters that a terminal would interpret. */
function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}

const columns = [
  'id',
  'receivedAt',
  'hook',
  'connection',
  'system',
  'event',
  'outcome',
  'title',
  'summary',
  'resource',
  'deliveries',
] as const;

async function exportAll(session: Session, options: ExportOptions): Promise<void> {
  const { format, body = false } = options;
  const filter: EventFilter = await toFilter(session, options);
  const { output, ask } = session;
  if (format === 'csv') output.raw(Buffer.from(`${columns.join(',')}\r\n`));
  for await (const event of readEvents(session, filter)) {
    const value = body ? await ask('events.get', { id: event.id }) : event;
    const line =
      format === 'csv'
        ? `${columns.map((column) => csvCell(event[column])).join(',')}\r\n`
        : `${JSON.stringify(value)}\n`;
    output.raw(Buffer.from(line));
  }
}

/** A CSV field, quoted if needed and escaped so that a spreadsheet reads no formula. */
function csvCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
