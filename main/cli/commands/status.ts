import type { Command } from 'commander';
import type { Finding, Status } from '../../../preload/contract/index.ts';
import type { Message } from '../../engine/messages/index.ts';
import { CommandFailure, exitCodes } from '../exit.ts';
import { stateMessage, statusMessages } from '../messages/index.ts';
import { openAddress } from '../open-address.ts';
import { type Field, hostText, type Output, plain } from '../output.ts';
import { act, connectionNamed, hookNamed, type Session } from '../session.ts';
import type { Say, Terminal } from '../terminal.ts';
import { describeChoice } from './installation.ts';

export function addStatusCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  program.command('status').description(say(statusMessages.status())).action(act(terminal, showStatus));
  program.command('metrics').description(say(statusMessages.metrics())).action(act(terminal, printMetrics));
  program.command('open').description(say(statusMessages.open())).action(act(terminal, openWindow));
  program
    .command('token')
    .description(say(statusMessages.token()))
    .command('rotate')
    .description(say(statusMessages.tokenRotate()))
    .action(act(terminal, rotateToken));
  program
    .command('doctor')
    .description(say(statusMessages.doctor()))
    .argument('[id]', say(statusMessages.doctorId()))
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
  const active = ours.filter(({ status: state }) => /^(active|reactivated)$/.test(state)).length;
  const { say } = session;
  output.fields(value, output.style('bold', `Ringback ${status.version}`), [
    ...describeHost(status, description.pid, session),
    [statusMessages.connections(), `${connections.length}`],
    [statusMessages.hooks(), statusMessages.activeHooks({ active, count: ours.length })],
    [statusMessages.jobs(), statusMessages.openJobs({ count: open.length })],
    [
      statusMessages.backups(),
      overdue.length > 0
        ? output.style('red', say(statusMessages.overdue({ count: overdue.length })))
        : statusMessages.accounts({ count: backups.length }),
    ],
    ...status.warnings.map(
      ({ message, reason }): Field => [
        statusMessages.warning(),
        output.style('yellow', hostText(say, message, reason)),
      ],
    ),
  ]);
}

function describeHost(status: Status, pid: number, { output, say }: Session): Field[] {
  const choice = describeChoice(status);
  const { receiver, desktop } = status;
  return [
    [statusMessages.host(), desktop ? statusMessages.desktop({ pid }) : statusMessages.headless({ pid })],
    ...(choice === undefined ? [] : [[statusMessages.choice(), output.style('yellow', say(choice))] as const]),
    [statusMessages.tunnel(), describeTunnel(status, output, say)],
    [
      statusMessages.receiver(),
      receiver.problem === undefined ? describeReceiver(status) : hostText(say, receiver.problem, receiver.reason),
    ],
    [statusMessages.secrets(), hostText(say, status.vault.name, status.vault.nameMessage)],
  ];
}

function describeTunnel({ tunnel }: Status, { style }: Output, say: Say): string {
  const { state, url = '', problem, reason } = tunnel;
  const color = state === 'up' ? 'green' : state === 'down' ? 'red' : 'dim';
  const why = problem === undefined ? '' : hostText(say, problem, reason);
  return [style(color, say(stateMessage(state))), plain(url), why].filter(Boolean).join('  ');
}

function describeReceiver({ receiver: { port, bind } }: Status): Message {
  return bind === undefined ? statusMessages.port({ port }) : statusMessages.portOf({ port, address: bind });
}

async function rotateToken({ output, say, host }: Session): Promise<void> {
  await (await host()).rotateToken();
  output.result({ rotated: true }, [say(statusMessages.tokenRotated())]);
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
  if (window !== undefined && !opened) session.output.note(statusMessages.noBrowser());
}

async function runDoctor(session: Session, _options: object, id?: string): Promise<void> {
  const { output, ask, say } = session;
  const report = await ask('doctor.run', id === undefined ? {} : await targetOf(session, id));
  output.result(report, [
    output.style('bold', hostText(say, report.verdict, report.verdictMessage)),
    ...report.findings.flatMap((finding) => describeFinding(finding, session)),
  ]);
  if (report.findings.some(({ state }) => state === 'bad'))
    throw new CommandFailure(exitCodes.failed, statusMessages.doctorFailed());
}

async function targetOf(session: Session, id: string): Promise<{ hook: string } | { connection: string }> {
  const hooks = await session.ask('hooks.list', {});
  if (hooks.some((hook) => hook.id.startsWith(id))) return { hook: (await hookNamed(session, id)).id };
  return { connection: (await connectionNamed(session, id)).id };
}

const signs = { good: ['green', '✓'], bad: ['red', '✗'], unsure: ['yellow', '?'] } as const;

function describeFinding(finding: Finding, { output, say }: Session): string[] {
  const { subject, subjectMessage, state, text, textMessage, advice, adviceMessage } = finding;
  const [color, sign] = signs[state];
  const about = hostText(say, subject, subjectMessage);
  const line = `${output.style(color, sign)} ${about}: ${hostText(say, text, textMessage)}`;
  return advice === undefined ? [line] : [line, `  → ${hostText(say, advice, adviceMessage)}`];
}
