import type { Command } from 'commander';
import type { Backup } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes } from '../exit.ts';
import { plain } from '../output.ts';
import { act, connectionNamed, type Session, theOne } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { duration, waitFor } from '../wait.ts';

interface NowOptions {
  readonly request?: string;
  readonly wait?: boolean;
  readonly timeout?: string;
}

export function addBackupCommands(program: Command, terminal: Terminal): void {
  const group = program.command('backup').alias('backups').description('Backups of accounts');
  group.command('ls').description('List backups, the newest first').action(act(terminal, list));
  group
    .command('now')
    .description('Back up an account')
    .argument('<connection>')
    .option('--request <request>', 'what to back up, where the provider offers several')
    .option('--wait', 'wait for the verified file; the exit code tells the result')
    .option('--timeout <duration>', 'wait no longer than this: 90s, 15m, 2h')
    .action(act<NowOptions>(terminal, start));
  group
    .command('verify')
    .description('Read the files of a backup again and compare them with what was verified')
    .argument('<backup>')
    .action(act(terminal, verify));
}

async function list({ output, ask }: Session): Promise<void> {
  const backups = await ask('backups.list', {});
  const rows = backups.map(({ id, state, createdAt, file = '', bytes }) => [
    id,
    state,
    createdAt,
    bytes === undefined ? '' : `${bytes}`,
    file,
  ]);
  output.table(backups, [['ID', 'STATE', 'CREATED', 'BYTES', 'FILE'], ...rows], 'There are no backups.');
}

const final: readonly string[] = ['done', 'failed', 'cancelled', 'timed-out'];

async function start(session: Session, { request, wait = false, timeout }: NowOptions, text = ''): Promise<void> {
  const { id } = await connectionNamed(session, text);
  const begin = (): Promise<Backup> =>
    session.ask('backups.start', { connection: id, ...(request === undefined ? {} : { request }) });
  const backup = wait ? await follow(session, begin, timeout) : await begin();
  session.output.result(backup, [describe(backup)]);
  if (backup.state === 'timed-out')
    throw new CommandFailure(exitCodes.timedOut, 'No callback announced the backup in time.');
  if (backup.state === 'failed' || backup.state === 'cancelled') {
    const { problem = 'The backup was cancelled.', advice = '' } = backup;
    throw new CommandFailure(exitCodes.failed, plain(`${problem} ${advice}`));
  }
}

function follow(session: Session, begin: () => Promise<Backup>, timeout: string | undefined): Promise<Backup> {
  return waitFor(session, {
    start: begin,
    read: (change, { id }) => (change.type === 'backup' && change.backup.id === id ? change.backup : undefined),
    look: async ({ id }) => (await session.ask('backups.list', {})).find((backup) => backup.id === id),
    isOver: ({ state }) => final.includes(state),
    describe,
    timeout: timeout === undefined ? undefined : duration(timeout),
  });
}

function describe({ id, state, title, file, bytes, total }: Backup): string {
  const share = bytes !== undefined && total ? `  ${Math.floor((bytes / total) * 100)}%` : '';
  return `${id}  ${state}${state === 'downloading' ? share : ''}  ${plain(file ?? title)}`;
}

async function verify(session: Session, _options: object, text = ''): Promise<void> {
  const { output, ask } = session;
  const { id } = theOne(await ask('backups.list', { limit: 500 }), text, 'backup', (one) => one.id.startsWith(text));
  const backup = await ask('backups.verify', { id });
  const { state = 'missing', reason = '' } = backup.verification ?? {};
  output.result(backup, [`${id}  ${state}  ${plain(reason)}`.trimEnd()]);
  if (state !== 'good') throw new CommandFailure(exitCodes.failed, plain(reason) || `The files are ${state}.`);
}
