import type { Command } from 'commander';
import type { Finding, Status } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes } from '../exit.ts';
import { openAddress } from '../open-address.ts';
import { type Output, plain } from '../output.ts';
import { act, connectionNamed, hookNamed, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { describeChoice } from './installation.ts';

export function addStatusCommands(program: Command, terminal: Terminal): void {
  program.command('status').description('Show the state of Ringback in one screen').action(act(terminal, showStatus));
  program
    .command('metrics')
    .description('Print figures for Prometheus, as GET /metrics gives them')
    .action(act(terminal, printMetrics));
  program.command('open').description('Show the window').action(act(terminal, openWindow));
  program
    .command('token')
    .description('What grants access to this host')
    .command('rotate')
    .description('Replace the token: windows in browsers, scripts and whoever else has it are shut out')
    .action(act(terminal, rotateToken));
  program
    .command('doctor')
    .description('Check everything, or one hook or connection, and say what to do')
    .argument('[id]', 'a hook or a connection')
    .action(act(terminal, runDoctor));
}

async function showStatus(session: Session): Promise<void> {
  const { output, ask } = session;
  const { description } = await session.host();
  const [status, connections, hooks, backups, jobs] = await Promise.all([
    ask('status.get', {}),
    ask('connections.list', {}),
    ask('hooks.list', {}),
    ask('backups.accounts', {}),
    ask('jobs.list', {}),
  ]);
  const ours = hooks.filter((hook) => hook.ours);
  const open = jobs.filter(({ endedAt }) => endedAt === undefined);
  const overdue = backups.filter((account) => account.overdue);
  const value = {
    ...{ status, pid: description.pid, window: description.window },
    counts: {
      connections: connections.length,
      hooks: ours.length,
      openJobs: open.length,
      overdueBackups: overdue.length,
    },
  };
  const choice = describeChoice(status);
  const active = ours.filter(({ status: state }) => /^(active|reactivated)$/.test(state)).length;
  output.result(value, [
    output.style('bold', `Ringback ${status.version}`),
    row('Host', `${status.desktop ? 'desktop application' : 'headless'}, process ${description.pid}`),
    ...(choice === undefined ? [] : [row('Choice', output.style('yellow', choice))]),
    row('Tunnel', describeTunnel(status, output)),
    row('Receiver', status.receiver.problem ?? describeReceiver(status)),
    row('Secrets', status.vault.name),
    row('Connections', `${connections.length}`),
    row('Hooks', `${active} active of ${ours.length}`),
    row('Jobs', `${open.length} in progress`),
    row(
      'Backups',
      overdue.length > 0
        ? output.style('red', `${overdue.length} overdue`)
        : `${backups.length} account${backups.length === 1 ? '' : 's'}`,
    ),
    ...status.warnings.map(({ message }) => row('Warning', output.style('yellow', plain(message)))),
  ]);
}

function row(label: string, text: string): string {
  return `${label.padEnd(12)} ${text}`;
}

function describeTunnel({ tunnel }: Status, { style }: Output): string {
  const { state, url = '', problem } = tunnel;
  const color = state === 'up' ? 'green' : state === 'down' ? 'red' : 'dim';
  return [style(color, state), plain(url), problem === undefined ? '' : plain(problem)].filter(Boolean).join('  ');
}

function describeReceiver({ receiver: { port, bind } }: Status): string {
  return bind === undefined ? `port ${port}` : `port ${port} of ${bind} and 127.0.0.1`;
}

async function rotateToken({ output, host }: Session): Promise<void> {
  await (await host()).rotateToken();
  output.result({ rotated: true }, ['The token is a new one. Open windows in browsers again: ringback open']);
}

async function printMetrics({ output, ask }: Session): Promise<void> {
  const { contentType, text } = await ask('metrics.read', {});
  output.result({ contentType, text }, [text.trimEnd()]);
}

async function openWindow(session: Session): Promise<void> {
  const client = await session.host();
  const { window } = client.description;
  const opened = window === undefined ? await client.showWindow() : await openAddress(window, session.terminal);
  session.output.result({ opened, ...(window === undefined ? {} : { window }) }, window === undefined ? [] : [window]);
  if (window !== undefined && !opened) session.output.note('No browser could be opened. Open the address yourself.');
}

async function runDoctor(session: Session, _options: object, id?: string): Promise<void> {
  const { output, ask } = session;
  const report = await ask('doctor.run', id === undefined ? {} : await targetOf(session, id));
  output.result(report, [
    output.style('bold', plain(report.verdict)),
    ...report.findings.flatMap((finding) => describeFinding(finding, output)),
  ]);
  if (report.findings.some(({ state }) => state === 'bad'))
    throw new CommandFailure(exitCodes.failed, 'At least one check failed.');
}

async function targetOf(session: Session, id: string): Promise<{ hook: string } | { connection: string }> {
  const hooks = await session.ask('hooks.list', {});
  if (hooks.some((hook) => hook.id.startsWith(id))) return { hook: (await hookNamed(session, id)).id };
  return { connection: (await connectionNamed(session, id)).id };
}

const signs = { good: ['green', '✓'], bad: ['red', '✗'], unsure: ['yellow', '?'] } as const;

function describeFinding({ subject, state, text, advice }: Finding, { style }: Output): string[] {
  const [color, sign] = signs[state];
  const line = `${style(color, sign)} ${plain(subject)}: ${plain(text)}`;
  return advice === undefined ? [line] : [line, `  → ${plain(advice)}`];
}
