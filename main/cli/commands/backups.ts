import type { Command } from 'commander';
import type { Backup } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes } from '../exit.ts';
import { stateMessage, workMessages } from '../messages/index.ts';
import { hostText, plain } from '../output.ts';
import { act, connectionNamed, type Session, theOne } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { duration, waitFor } from '../wait.ts';

interface NowOptions {
  readonly request?: string;
  readonly wait?: boolean;
  readonly timeout?: string;
}

export function addBackupCommands(program: Command, terminal: Terminal): void {
  const { say } = terminal;
  const group = program.command('backup').alias('backups').description(say(workMessages.backups()));
  group.command('ls').description(say(workMessages.backupsLs())).action(act(terminal, list));
  group
    .command('now')
    .description(say(workMessages.backupsNow()))
    .argument('<connection>')
    .option('--request <request>', say(workMessages.request()))
    .option('--wait', say(workMessages.waitForBackup()))
    .option('--timeout <duration>', say(workMessages.timeout()))
    .action(act<NowOptions>(terminal, start));
  group.command('verify').description(say(workMessages.verify())).argument('<backup>').action(act(terminal, verify));
}

async function list({ output, ask }: Session): Promise<void> {
  const backups = await ask('backups.list', {});
  const rows = backups.map(({ id, state, createdAt, file = '', bytes }) => [
    id,
    stateMessage(state),
    createdAt,
    bytes === undefined ? '' : `${bytes}`,
    file,
  ]);
  const { id, state, created, bytes, file, noBackups } = workMessages;
  output.table(backups, [id(), state(), created(), bytes(), file()], rows, noBackups());
}

const final: readonly string[] = ['done', 'failed', 'cancelled', 'timed-out'];

async function start(session: Session, { request, wait = false, timeout }: NowOptions, text = ''): Promise<void> {
  const { id } = await connectionNamed(session, text);
  const begin = (): Promise<Backup> =>
    session.ask('backups.start', { connection: id, ...(request === undefined ? {} : { request }) });
  const backup = wait ? await follow(session, begin, timeout) : await begin();
  session.output.result(backup, [describe(session, backup)]);
  if (backup.state === 'timed-out') throw new CommandFailure(exitCodes.timedOut, workMessages.noCallback());
  if (backup.state === 'failed' || backup.state === 'cancelled') {
    const { problem, problemMessage, advice = '', adviceMessage } = backup;
    const { say } = session;
    const reason = problem === undefined ? say(workMessages.backupCancelled()) : hostText(say, problem, problemMessage);
    throw new CommandFailure(exitCodes.failed, `${reason} ${hostText(say, advice, adviceMessage)}`.trimEnd());
  }
}

function follow(session: Session, begin: () => Promise<Backup>, timeout: string | undefined): Promise<Backup> {
  return waitFor(session, {
    start: begin,
    read: (change, { id }) => (change.type === 'backup' && change.backup.id === id ? change.backup : undefined),
    look: async ({ id }) => (await session.ask('backups.list', {})).find((backup) => backup.id === id),
    isOver: ({ state }) => final.includes(state),
    describe: (backup) => describe(session, backup),
    timeout: timeout === undefined ? undefined : duration(timeout),
  });
}

function describe({ say }: Session, { id, state, title, file, bytes, total }: Backup): string {
  const share = bytes !== undefined && total ? `  ${Math.floor((bytes / total) * 100)}%` : '';
  return `${id}  ${say(stateMessage(state))}${state === 'downloading' ? share : ''}  ${plain(file ?? title)}`;
}

async function verify(session: Session, _options: object, name = ''): Promise<void> {
  const { output, ask, say } = session;
  const { id } = theOne(await ask('backups.list', { limit: 500 }), name, 'backup', (one) => one.id.startsWith(name));
  const backup = await ask('backups.verify', { id });
  const { state = 'missing', reason: text = '', reasonMessage } = backup.verification ?? {};
  const reason = hostText(say, text, reasonMessage);
  output.result(backup, [`${id}  ${say(stateMessage(state))}  ${reason}`.trimEnd()]);
  const { filesAltered, filesMissing } = workMessages;
  if (state !== 'good')
    throw new CommandFailure(exitCodes.failed, reason || (state === 'altered' ? filesAltered() : filesMissing()));
}
