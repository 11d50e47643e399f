import type { Command } from 'commander';
import type { Job } from '../../../preload/contract/index.ts';
import { CommandFailure, exitCodes, usageFailure } from '../exit.ts';
import { stateMessage, workMessages } from '../messages/index.ts';
import { hostText, plain } from '../output.ts';
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
  const { say } = terminal;
  const group = program.command('jobs').description(say(workMessages.jobs()));
  group.command('ls').description(say(workMessages.jobsLs())).action(act(terminal, list));
  group
    .command('start')
    .description(say(workMessages.jobsStart()))
    .argument('<urn>', say(workMessages.urn()))
    .option('--connection <connection>', say(workMessages.jobConnection()))
    .option('--format <format>', say(workMessages.format()), collect)
    .option('--name <name>', say(workMessages.fileName()))
    .option('--region <region>', say(workMessages.region()))
    .option('--force', say(workMessages.force()))
    .option('--wait', say(workMessages.waitForJob()))
    .option('--timeout <duration>', say(workMessages.timeout()))
    .action(act<StartOptions>(terminal, start));
}

async function list({ output, ask }: Session): Promise<void> {
  const jobs = await ask('jobs.list', {});
  const rows = jobs.map((job) => [job.id, stateMessage(job.state), percent(job), job.createdAt, job.name]);
  const { id, state, progress, created, name, noJobs } = workMessages;
  output.table(jobs, [id(), state(), progress(), created(), name()], rows, noJobs());
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
  session.output.result(job, [`${job.id}  ${session.say(stateMessage(job.state))}  ${plain(job.name)}`]);
  if (job.state === 'timeout') throw new CommandFailure(exitCodes.timedOut, workMessages.jobTimedOut());
  const { problem, problemMessage } = job;
  if (job.state === 'failed')
    throw new CommandFailure(
      exitCodes.failed,
      problem === undefined ? workMessages.jobFailed() : hostText(session.say, problem, problemMessage),
    );
}

function follow(session: Session, begin: () => Promise<Job>, timeout: string | undefined): Promise<Job> {
  return waitFor(session, {
    start: begin,
    read: (change, job) => (change.type === 'job' && change.job.id === job.id ? change.job : undefined),
    look: async ({ id }) => (await session.ask('jobs.list', {})).find((job) => job.id === id),
    isOver: ({ endedAt }) => endedAt !== undefined,
    describe: (job) => `${session.say(stateMessage(job.state))} ${percent(job)} ${plain(job.name)}`,
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
  if (one === undefined) throw usageFailure(workMessages.noTranslator());
  if (more.length > 0) throw usageFailure(workMessages.severalTranslators());
  return one.id;
}
