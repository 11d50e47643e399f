import type {
  BackupAccount,
  Connection,
  Finding,
  HookProblem,
  Problem,
  Settings,
  Status,
  TunnelStatus,
} from '../../../preload/contract/index.ts';
import type { Connector } from '../connector/index.ts';
import { toProblem } from '../errors.ts';
import type { Misroute } from '../ingress/index.ts';
import { doctorMessages, type Message, withCause } from '../messages/index.ts';
import { networkFailure } from '../requests/index.ts';
import { type CheckResult, fixOf, found, subjectOf } from './finding.ts';
import { routingFindings } from './routing-check.ts';

export interface GeneralCheckOptions {
  readonly endpoint: {
    readonly receiver: Status['receiver'];
    readonly unmatched: { readonly misroute: Misroute | undefined };
    readonly tunnel: { readonly url: string | undefined; check(): Promise<TunnelStatus> };
  };
  notifications(): Settings['notifications'];
  connection(id: string): { readonly connection: Connection; readonly connector: Connector };
  /** Signs in; throws with the reason. */
  signIn(connection: string): Promise<unknown>;
  /** Asks every region and page. */
  refreshHooks(connection: string): Promise<void>;
  hookProblems(): readonly HookProblem[];
  backupAccounts(): readonly BackupAccount[];
  readonly fetch: typeof globalThis.fetch;
  now(): number;
}

const minute = 60_000;
/** Milliseconds by which the clock may be wrong: most providers still accept sign-ins and signatures then. */
const mostSkew = 2 * minute;
const clockDeadline = 10_000;

/** Checks of what every event needs in order to arrive. */
export function generalChecks(options: GeneralCheckOptions): (() => Promise<readonly Finding[]>)[] {
  const { endpoint, now } = options;
  return [
    async () => {
      const { port, problem, reason } = endpoint.receiver;
      const finding = { ...subjectOf(doctorMessages.receiver()), check: 'receiver' };
      if (problem === undefined) return [{ ...finding, ...found('good', doctorMessages.listening({ port })) }];
      return [{ ...finding, state: 'bad', text: problem, ...(reason ? { textMessage: reason } : {}) }];
    },
    async () => [tunnelFinding(await endpoint.tunnel.check())],
    async () => routingFindings(endpoint.receiver, endpoint.unmatched.misroute, endpoint.tunnel.url),
    async () => {
      const finding = { ...subjectOf(doctorMessages.notifications()), check: 'notifications' };
      return [{ ...finding, ...notificationsResult(options.notifications(), now()) }];
    },
  ];
}

function notificationsResult({ enabled, pausedUntil }: Settings['notifications'], now: number): CheckResult {
  const paused = pausedUntil !== null && Date.parse(pausedUntil) > now;
  if (enabled && !paused) return found('good', doctorMessages.notificationsOn());
  const message = enabled
    ? doctorMessages.notificationsPaused({ until: pausedUntil ?? '' })
    : doctorMessages.notificationsOff();
  const input = { notifications: { enabled: true, pausedUntil: null } };
  return found('bad', message, { fix: fixOf(doctorMessages.switchThemOn(), 'settings.set', input) });
}

function tunnelFinding(status: TunnelStatus): Finding {
  return { ...subjectOf(doctorMessages.publicAddress()), check: 'tunnel', ...tunnelResult(status) };
}

function tunnelResult({ state, url = '', problem, reason, verifiedBy }: TunnelStatus): CheckResult {
  const more = (message: Message): Message =>
    problem === undefined ? message : withCause(message, { message: problem, reason });
  if (state === 'up' && verifiedBy) {
    return { state: 'unsure', text: problem ?? '', ...(reason ? { textMessage: reason } : {}) };
  }
  if (state === 'up') return found('good', more(doctorMessages.tunnelUp({ url })));
  if (state === 'off') return found('bad', doctorMessages.tunnelOff(), { advice: doctorMessages.setUpTunnel() });
  const message = problem === undefined ? doctorMessages.tunnelOpening() : more(doctorMessages.tunnelDown());
  return found('bad', message, { fix: fixOf(doctorMessages.tryAgain(), 'tunnel.check') });
}

/** Checks of what the hooks of a connection need. */
export function connectionChecks(options: GeneralCheckOptions): ((id: string) => Promise<readonly Finding[]>)[] {
  const { now, fetch } = options;
  return [
    async (id) => {
      const { connection } = options.connection(id);
      const finding = { subject: connection.name, check: 'credentials' };
      try {
        await options.signIn(id);
        const { account } = connection;
        const message = account ? doctorMessages.signedInAs({ account }) : doctorMessages.signedIn();
        return [{ ...finding, ...found('good', message) }];
      } catch (error) {
        return [{ ...finding, ...signInResult(connection, toProblem(error)) }];
      }
    },
    async (id) => {
      const { connection, connector } = options.connection(id);
      if (!connector.hooks) return [];
      const finding = { subject: connection.name, check: 'listing' };
      await options.refreshHooks(id).catch(() => {});
      const problems = options.hookProblems().filter((problem) => problem.connection === id);
      if (problems.length === 0) return [{ ...finding, ...found('good', doctorMessages.hooksListed()) }];
      return problems.map(({ region, message }) => ({
        ...finding,
        state: 'unsure' as const,
        text: `${region ? `Region ${region}: ` : ''}${message}`,
      }));
    },
    async (id) => {
      const account = options.backupAccounts().find((one) => one.connection === id);
      if (!account) return [];
      return [{ subject: account.name, check: 'backup', ...backupResult(account) }];
    },
    async (id) => {
      const { connection, connector } = options.connection(id);
      const field = connector.fields.find(({ name }) => name === 'baseUrl');
      const url = connection.settings.baseUrl || field?.default;
      if (!url) return [];
      const finding = { subject: connection.name, check: 'clock' };
      try {
        const response = await fetch(url, {
          method: 'HEAD',
          redirect: 'manual',
          signal: AbortSignal.timeout(clockDeadline),
        });
        return [{ ...finding, ...compareClocks(now(), response.headers.get('date')) }];
      } catch (error) {
        const { host } = new URL(url);
        return [{ ...finding, ...found('unsure', doctorMessages.unreachable({ host, ...networkFailure(error) })) }];
      }
    },
  ];
}

function signInResult({ id, signIn }: Connection, { code, message, reason }: Problem): CheckResult {
  const isSignedOut = signIn !== undefined && signIn.state !== 'signed-in';
  return {
    state: code === 'offline' ? 'unsure' : 'bad',
    text: message,
    ...(reason ? { textMessage: reason } : {}),
    ...(isSignedOut ? { fix: fixOf(doctorMessages.signIn(), 'connections.signIn', { id }) } : {}),
  };
}

function backupResult({ overdue, lastProven, running, ...account }: BackupAccount): CheckResult {
  const problem = running?.problem ?? account.waiting;
  const reason = running?.problem === undefined ? account.waitingMessage : running.problemMessage;
  const more = (message: Message): Message =>
    problem === undefined ? message : withCause(message, { message: problem, reason });
  if (overdue) return found('bad', more(doctorMessages.backupOverdue()));
  if (lastProven) return found('good', more(doctorMessages.lastBackup({ at: lastProven.at })));
  return found('unsure', more(doctorMessages.noBackup()));
}

function compareClocks(here: number, header: string | null): CheckResult {
  const there = Date.parse(header ?? '');
  if (Number.isNaN(there)) return found('unsure', doctorMessages.clockUnknown());
  const skew = here - there;
  if (Math.abs(skew) < mostSkew) return found('good', doctorMessages.clockRight());
  const minutes = Math.round(Math.abs(skew) / minute);
  const message = skew > 0 ? doctorMessages.clockAhead({ minutes }) : doctorMessages.clockBehind({ minutes });
  return found('bad', message, { advice: doctorMessages.setClock() });
}
