import type { Command } from 'commander';
import type { EventView } from '../../../preload/contract/index.ts';
import { type EventFilter, readEvents, toFilter } from '../event-pages.ts';
import { usageFailure } from '../exit.ts';
import { plain } from '../output.ts';
import { act, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

interface FilterOptions {
  readonly text?: string;
  readonly hook?: string;
  readonly connection?: string;
  readonly event?: string;
  readonly outcome?: string;
  readonly since?: string;
  readonly until?: string;
}

interface ListOptions extends FilterOptions {
  readonly limit: string;
}

interface ExportOptions extends FilterOptions {
  readonly format: string;
  readonly body?: boolean;
}

export function addEventCommands(program: Command, terminal: Terminal): void {
  const group = program.command('events').description('Callbacks that were received and stored');
  filtered(group.command('ls').description('List events, the newest first'))
    .option('--limit <count>', 'how many', '50')
    .action(act<ListOptions>(terminal, list));
  group
    .command('get')
    .description('Show an event with its headers and its body')
    .argument('<event>')
    .option('--body', 'print the exact bytes of the body alone')
    .action(act<{ body?: boolean }>(terminal, get));
  filtered(group.command('export').description('Print all events as lines of JSON or as CSV'))
    .option('--format <format>', 'ndjson or csv', 'ndjson')
    .option('--body', 'with headers and body (ndjson only)')
    .action(act<ExportOptions>(terminal, exportAll));
}

/** Adds the options that choose events. */
function filtered(command: Command): Command {
  return command
    .option('--text <text>', 'only those that contain this text')
    .option('--hook <hook>', 'only those of this hook')
    .option('--connection <connection>', 'only those of this connection')
    .option('--event <pattern>', 'only these, such as dm.version.added or dm.*')
    .option('--outcome <outcome>', 'only success, failed or info')
    .option('--since <time>', 'a date, or a duration such as 15m, 2h or 7d')
    .option('--until <time>', 'a date, or a duration such as 15m, 2h or 7d');
}

async function list(session: Session, options: ListOptions): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw usageFailure(`--limit must be a number above 0, not "${options.limit}".`);
  const events: EventView[] = [];
  for await (const event of readEvents(session, await toFilter(session, options))) {
    events.push(event);
    if (events.length === limit) break;
  }
  const rows = events.map((event) => [event.id, event.receivedAt, event.outcome ?? '', event.event ?? '', event.title]);
  session.output.table(events, [['ID', 'RECEIVED', 'OUTCOME', 'EVENT', 'TITLE'], ...rows], 'There are no such events.');
}

async function get({ output, ask }: Session, { body = false }: { body?: boolean }, id = ''): Promise<void> {
  const event = await ask('events.get', { id });
  if (body) return output.raw(event.bytes === undefined ? Buffer.from(event.body) : Buffer.from(event.bytes, 'base64'));
  const { headers: shownHeaders, body: shownBody } = event.shown ?? event;
  const headers = Object.entries(shownHeaders).map(([name, value]) => `${plain(name)}: ${plain(value)}`);
  output.result(event, [
    output.style('bold', plain(event.title)),
    event.receivedAt,
    '',
    ...headers,
    '',
    plainLines(shownBody),
  ]);
}

/** Text of several lines that others wrote, without what a terminal would take for commands. */
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
  if (!/^(ndjson|csv)$/.test(format)) throw usageFailure(`--format must be ndjson or csv, not "${format}".`);
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

/** Quoted where needed; what a spreadsheet would take for a formula is text. */
function csvCell(value: string | number | undefined): string {
  const text = String(value ?? '');
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
