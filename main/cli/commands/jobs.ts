import type { Command } from 'commander';
import type { Job } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { plain } from '../output.ts';
import { act, collect, connectionNamed, type Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { duration, waitFor } from '../wait.ts';

interface StartOptions {
  readonly connection?: string;
  readonly format?: readonly string[];
  readonly name?: string;
  readonly region?: string;
  readonly force?: boolean;
  readonly wait?: boolean;
  readonly timeout?: string;
}

export function addJobCommands(program: Command, terminal: Terminal): void {
  const group = program.command('jobs').description('Translations and other long work in the cloud');
  group.command('ls').description('List jobs, open ones first').action(act(terminal, list));
  group
    .command('start')
    .description('Start a translation')
    .argument('<urn>', 'as it is, percent-encoded or in Base64')
    .option('--connection <connection>', 'needed where several connections can translate')
    .option('--format <format>', 'such as svf2; may be repeated', collect)
    .option('--name <name>', "the file's name, where the URN does not tell it")
    .option('--region <region>')
    .option('--force', 'delete earlier results and translate again')
    .option('--wait', 'wait for the result; the exit code tells it')
    .option('--timeout <duration>', 'wait no longer than this: 90s, 15m, 2h')
    .action(act<StartOptions>(terminal, start));
}

async function list({ output, ask }: Session): Promise<void> {
  const jobs = await ask('jobs.list', {});
  const rows = jobs.map((job) => [job.id, job.state, percent(job), job.createdAt, job.name]);
  output.table(jobs, [['ID', 'STATE', 'PROGRESS', 'CREATED', 'NAME'], ...rows], 'There are no jobs.');
}

function percent({ progress }: Job): string {
  return progress === undefined ? '' : `${Math.round(progress)}%`;
}

async function start(session: Session, options: StartOptions, urn = ''): Promise<void> {
  const { format, name, region, force = false, wait = false, timeout } = options;
  const connection = await translatorNamed(session, options.connection);
  const begin = (): Promise<Job> =>
    session.ask('jobs.start', {
      ...{ connection, urn, force },
      ...(format === undefined ? {} : { formats: [...format] }),
      ...(name === undefined ? {} : { name }),
      ...(region === undefined ? {} : { region }),
    });
  const job = wait ? await follow(session, begin, timeout) : await begin();
  session.output.result(job, [`${job.id}  ${job.state}  ${plain(job.name)}`]);
  if (job.state === 'timeout') throw new CommandFailure(exitCodes.timedOut, 'The translation had no result in time.');
  if (job.state === 'failed')
    throw new CommandFailure(exitCodes.failed, plain(job.problem ?? 'The translation failed.'));
}

function follow(session: Session, begin: () => Promise<Job>, timeout: string | undefined): Promise<Job> {
  return waitFor(session, {
    start: begin,
    read: (change, job) => (change.type === 'job' && change.job.id === job.id ? change.job : undefined),
    look: async ({ id }) => (await session.ask('jobs.list', {})).find((job) => job.id === id),
    isOver: ({ endedAt }) => endedAt !== undefined,
    describe: (job) => `${job.state} ${percent(job)} ${plain(job.name)}`,
    timeout: timeout === undefined ? undefined : duration(timeout),
  });
}

/** The connection that translates: the named one, or the only one that can. */
async function translatorNamed(session: Session, text: string | undefined): Promise<string> {
  if (text !== undefined) return (await connectionNamed(session, text)).id;
  const connectors = await session.ask('connectors.list', {});
  const able = new Set(connectors.filter(({ jobs }) => jobs !== undefined).map(({ id }) => id));
  const all = await session.ask('connections.list', {});
  const [one, ...more] = all.filter(({ connector }) => able.has(connector));
  if (one === undefined)
    throw usageFailure('No connection can translate. Add one with: ringback connections add aps-webhooks');
  if (more.length > 0) throw usageFailure('Several connections can translate. Choose one with --connection.');
  return one.id;
}
